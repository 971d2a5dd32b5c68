import { isDeepStrictEqual } from "node:util";

import { forwarded } from "../balancers/forwards";
import { Listener, listeners } from "../balancers/listeners";
import { coversRule, ordered } from "../balancers/requests";
import { Behaviour, behavioursOf, distributions } from "../cdn/distributions";
import { coversBehaviour } from "../cdn/requests";
import { Context } from "../context";
import { DeclaredRoute } from "../contract";
import { Level, Severity, Status } from "../finding";
import { Resource } from "../graph/graph";
import { entry } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Host } from "../hosts/host";
import { routedByBalancer, routedByCdn } from "../routes/before-host";
import { routedByNginx } from "../routes/on-host";
import { Draft, Rule, Target } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** A declared address, or an order of rules in which one may hide another. */
type Routing = Target &
  (
    | { readonly host: Host; readonly route: DeclaredRoute }
    | { readonly listener: Listener }
    | { readonly distribution: Resource }
  );

/** An address that everybody was told leads to a page of somebody else, or to none. */
export const dnsPathRouted: Rule<Routing> = {
  id: "dns-path-routed",
  item: "reverse-proxy",
  title: "Each declared path leads to its app, and no earlier rule hides it",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "A request for each declared domain and path, and one for a page below it, is followed: through the behaviours of a CDN " +
    "(the first that matches), the rules of a load balancer by their priority, and the server and location that nginx chooses, " +
    "to the service that is declared for it. A rule or behaviour that an earlier one takes all requests from is never asked. " +
    "Rules that ask for a header, method, query or sender besides are for some requests only.",
  targets: ({ hosts, graph }) => [
    ...hosts.flatMap((host) => (host.contract.routes ?? []).map((route) => ({ urn: host.urn, host, route }))),
    ...listeners(graph)
      .filter(({ rules }) => rules.length > 1)
      .map((listener) => ({ urn: listener.urn, listener })),
    ...distributions(graph).map((distribution) => ({ urn: distribution.urn, distribution })),
  ],
  check(target, context) {
    if ("listener" in target) return hiddenRules(target.listener, context);
    if ("distribution" in target) return hiddenBehaviours(target.distribution);
    return checkRoute(target.host, target.route, context);
  },
};

function checkRoute(host: Host, route: DeclaredRoute, context: Context): Draft[] {
  const about = route.domain + route.path;
  const found = [
    ...routedByCdn(host, route, context),
    ...routedByBalancer(host, route, context),
    ...routedByNginx(host, route, context),
  ];
  const bad = found.filter(({ status }) => status !== Status.Pass);
  if (bad.length > 0) return bad.map((draft) => ({ ...draft, about: `${about} ${draft.about}` }));
  if (found.length > 0) return [pass(`${about} leads to ${route.service ?? "its host"}`, { about })];
  return [unknown(`nothing that answers ${about} can be read`, "ask for it once it is deployed", { about })];
}

/** Rules of a listener that are never asked. */
function hiddenRules(listener: Listener, { graph }: Context): Draft[] {
  const rules = ordered(listener);
  const { name } = listener.resource;
  const details = { about: "order" };
  if (rules === UNKNOWN)
    return [unknown(`the priorities of the rules of ${name} are not known`, "give each rule a priority", details)];
  const drafts = rules.flatMap((rule, index) => {
    const before = rules.slice(0, index).find((one) => coversRule(one, rule));
    if (!before || isDeepStrictEqual(forwarded(graph, before, "actions"), forwarded(graph, rule, "actions"))) return [];
    return [
      fail(`${before.name} is asked first and takes all requests of ${rule.name}`, "exchange their priorities", {
        about: rule.name,
        resource: rule.urn,
      }),
    ];
  });
  if (drafts.length > 0) return drafts;
  const known = rules.every(({ properties }) => properties["conditions"] !== UNKNOWN);
  if (known) return [pass(`each rule of ${name} has requests of its own`, details)];
  return [unknown(`what the rules of ${name} are for is not known`, checkLater, details)];
}

/** Behaviours of a distribution that are never used. */
function hiddenBehaviours(distribution: Resource): Draft[] {
  const [, ...all] = behavioursOf(distribution);
  const known = all.filter((behaviour): behaviour is Behaviour => behaviour !== UNKNOWN);
  const details = { about: "order" };
  if (known.length < all.length)
    return [unknown(`the behaviours of ${distribution.name} are not known`, checkLater, details)];
  const drafts = known.flatMap((behaviour, index) => {
    const before = known.slice(0, index).find((one) => coversBehaviour(one, behaviour));
    if (!before || isDeepStrictEqual(withoutPattern(before), withoutPattern(behaviour))) return [];
    return [
      fail(`${before.name} comes before ${behaviour.name} and takes all its requests`, "exchange the two", {
        about: behaviour.name,
      }),
    ];
  });
  return drafts.length > 0 || known.length < 2
    ? drafts
    : [pass(`each behaviour of ${distribution.name} has requests of its own`, details)];
}

/** What a behaviour does, whatever it is for. */
const withoutPattern = ({ value }: Behaviour): unknown =>
  ["targetOriginId", "cachePolicyId", "originRequestPolicyId", "viewerProtocolPolicy", "responseHeadersPolicyId"].map(
    (key) => entry(value, key),
  );
