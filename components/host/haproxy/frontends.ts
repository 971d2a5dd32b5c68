import { App } from "../../app/app";
import { Guest } from "../guest";
import { authority, believed, healthAskers, HopChain, publicScheme } from "../hops";
import { usualPorts } from "../names";
import { NameWay, waysOf } from "../name-ways";
import { SiteRoute } from "../site-route";
import { securityHeaders } from "./answers";
import { isChallenge, isNoChallenge, toChallenges } from "./challenges";
import { Expression, format } from "./expression";
import { answerHealth, healthQuestions } from "./health-question";
import { refuseUnproven } from "./proof";
import { readRequest } from "./requests";
import { barePrefixes, findRoute, handOver } from "./select-route";
import { bind, bindTls, proxyProtocol } from "./tls";
import { because, HaproxyLine, HaproxySection, line, section } from "./tree";

/** A port, and all by which it is asked. */
interface Listener {
  readonly port: number;
  readonly isSecure: boolean;
  readonly ways: readonly NameWay[];
}

/** The frontends for all names of a host: one for each port. */
export function frontends(
  names: readonly string[],
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
): HaproxySection[] {
  return listeners(names, hops).map((listener) => frontend(listener, routes, hops, guest));
}

/** The ports on which names of a host are asked: those for plain HTTP first. */
export function listeners(names: readonly string[], hops: HopChain): Listener[] {
  const all = names.flatMap((name) => waysOf(name, hops));
  return [false, true].flatMap((isSecure) => {
    const ways = all.filter((way) => way.isSecure === isSecure);
    const ports = [...new Set(ways.map(({ port }) => port))].sort((a, b) => a - b);
    return ports.map((port) => ({ port, isSecure, ways: ways.filter((way) => way.port === port) }));
  });
}

function frontend(listener: Listener, all: readonly SiteRoute[], hops: HopChain, guest: Guest): HaproxySection {
  const { port, isSecure, ways } = listener;
  const scheme = isSecure ? "https" : "http";
  const answering = ways.filter(({ sentTo }) => sentTo === undefined).map(({ name }) => name);
  const routes = all.filter(({ route }) => answering.includes(route.domain));
  const apps = [...new Set(all.map(({ app }) => app))];
  return section(
    ["frontend", port === usualPorts[scheme] ? scheme : `${scheme}-${port}`],
    [
      ...(isSecure ? bindTls(guest, "h2,http/1.1", port, healthAskers(hops).length > 0) : bind(port)),
      ...proxyProtocol(hops, believed(hops)),
      ...(isSecure || routes.length ? readRequest(hops, scheme, port) : [findHost]),
      ...ways.map(({ name }) => line("acl", "ours", "var(txn.host)", "-m", "str", name)),
      ...(isSecure
        ? [...healthQuestions(apps, hops), refuseMisdirected(hops), ...refuseUnproven(hops)]
        : [closeUnknown]),
      ...sendOn(listener),
      ...(isSecure || routes.length ? answers(listener, apps, routes, hops) : [toChallenges]),
    ],
  );
}

const findHost = line("http-request", "set-var(txn.host)", "req.hdr(host),field(1,:),lower");

const closeUnknown = because(
  "a name that is not ours: the connection is closed",
  line("http-request", "reject", "unless", "ours"),
);

function refuseMisdirected(hops: HopChain): HaproxyLine {
  const asked = healthAskers(hops).length === 0 ? [] : ["||", "health-question"];
  return because(
    "HTTP/2 clients may send requests for other names over a connection they have",
    line("http-request", "deny", "deny_status", 421, "unless", "ours", ...asked),
  );
}

/** Requests by names at which no route answers are sent on, with path and query; challenges are answered all the same. */
function sendOn({ isSecure, ways }: Listener): HaproxyLine[] {
  const targets = new Map<string, NameWay[]>();
  for (const way of ways) {
    if (way.sentTo === undefined) continue;
    const target = targetOf(way).token;
    targets.set(target, [...(targets.get(target) ?? []), way]);
  }
  return [...targets].flatMap(([token, sent], index) => {
    // 308, not 301: browsers make a GET of a POST that meets a 301, and what was sent is lost.
    const redirect = ["http-request", "redirect", "code", 308, "location", { token }];
    if (sent.length === ways.length) return [line(...redirect, ...(isSecure ? [] : ["unless", ...isChallenge]))];
    const acl = `sent-on-${index + 1}`;
    return [
      ...sent.map(({ name }) => line("acl", acl, "var(txn.host)", "-m", "str", name)),
      line(...redirect, "if", acl, ...(isSecure ? [] : isNoChallenge)),
    ];
  });
}

/** Where a name is sent on: to itself by another way, which many names share, or to its domain. */
function targetOf({ name, sentTo = name, hops }: NameWay): Expression {
  const scheme = publicScheme(hops, sentTo);
  const port = authority(hops, sentTo).slice(sentTo.length);
  return sentTo === name
    ? format`${scheme}://%[var(txn.host)]${port}%[pathq]`
    : format`${scheme}://${sentTo}${port}%[pathq]`;
}

/** What the routes of some names answer, and what is so for all answers. */
function answers(
  { isSecure, ways }: Listener,
  apps: readonly App[],
  routes: readonly SiteRoute[],
  hops: HopChain,
): HaproxyLine[] {
  const here = ways.filter(({ name, sentTo }) => sentTo !== name).map(({ name }) => name);
  return [
    ...barePrefixes(routes),
    ...findRoute(routes),
    ...(isSecure ? answerHealth(apps, hops) : [toChallenges]),
    ...handOver(routes),
    line("default_backend", "nothing"),
    ...securityHeaders(here, hops, routes),
  ];
}
