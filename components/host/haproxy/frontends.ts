import { App } from "../../app/app";
import { Guest } from "../guest";
import { authority, believed, healthAskers, HopChain, publicScheme } from "../hops";
import { usualPorts } from "../names";
import { Listener, listeners, NameWay } from "../name-ways";
import { appsOf, SiteRoute } from "../site-route";
import { securityHeaders } from "./answers";
import { isChallenge, isNoChallenge, toChallenges } from "./challenges";
import { Expression, format } from "./expression";
import { answerHealth, healthQuestions } from "./health-question";
import { refuseUnproven } from "./proof";
import { findHost, readRequest } from "./requests";
import { barePrefixes, findRoute, handOver } from "./select-route";
import { bind, bindTls, proxyProtocol } from "./tls";
import { because, HaproxyLine, HaproxySection, line, section } from "./tree";

/** The frontends for all names of a host: one for each port. */
export function frontends(
  names: readonly string[],
  routes: readonly SiteRoute[],
  hops: HopChain,
  guest: Guest,
): HaproxySection[] {
  return listeners(names, hops).map((listener) => frontend(listener, routes, hops, guest));
}

/** What HAProxy calls what it takes on a port. */
export const frontendName = (port: number, scheme: "http" | "https"): string =>
  port === usualPorts[scheme] ? scheme : `${scheme}-${port}`;

function frontend(listener: Listener, all: readonly SiteRoute[], hops: HopChain, guest: Guest): HaproxySection {
  const { port, isSecure, ways } = listener;
  const scheme = isSecure ? "https" : "http";
  const answering = ways.filter(({ sentTo }) => sentTo === undefined).map(({ name }) => name);
  const routes = all.filter(({ route }) => answering.includes(route.domain));
  const apps = appsOf(all);
  return section(
    ["frontend", frontendName(port, scheme)],
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
