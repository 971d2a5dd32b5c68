import { forwarded } from "../balancers/forwards";
import { endsTls, Listener, listeners } from "../balancers/listeners";
import { Asked, isAsked, ordered } from "../balancers/requests";
import { Origin } from "../cdn/distributions";
import { behaviourFor, endsOf, isAliasOf, originFor } from "../cdn/requests";
import { Context } from "../context";
import { DeclaredRoute } from "../contract";
import { Status } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { entry, uncovered, wholeNumber } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Host, Machine } from "../hosts/host";
import { registrationsOf } from "../hosts/target-groups";
import { Draft } from "../rule";
import { checkLater, fail, pass, unknown } from "../rules/drafts";
import { pathsOf } from "./requests";

/** Whether the distributions that answer for the domain of a route ask the host for it: a draft for each. */
export function routedByCdn({ machine }: Host, route: DeclaredRoute, context: Context): Draft[] {
  if (!machine) return [];
  return machine.entries.distributions
    .filter((distribution) => isAliasOf(distribution, route.domain) !== false)
    .map((distribution) => worst(pathsOf(route).map((path) => askCdn(distribution, path, machine, context))));
}

function askCdn(distribution: Resource, path: string, { entries }: Machine, context: Context): Draft {
  const details = { about: `at ${distribution.name}` };
  const behaviour = behaviourFor(distribution, path);
  if (behaviour === UNKNOWN)
    return unknown(`which behaviour of ${distribution.name} is for ${path} is not known`, checkLater, details);
  const origin = originFor(distribution, behaviour);
  // At a preview a bucket's name may be as unknown as the machine's; how it is asked is not.
  const ends = origin === UNKNOWN || isBucket(origin) ? [] : endsOf(distribution, origin, context);
  if (ends.some((end) => entries.own.includes(end) || entries.loadBalancers.includes(end)))
    return pass(`${distribution.name} asks the host for ${path}`, details);
  if (origin === UNKNOWN || (ends.length === 0 && !isBucket(origin)))
    return unknown(`where ${distribution.name} asks for ${path} is not known`, checkLater, details);
  return fail(
    `${distribution.name} asks ${origin.name} for ${path}, by the behaviour for ${behaviour.name}`,
    "give it a behaviour of its own before that one",
    details,
  );
}

const isBucket = ({ value }: Origin): boolean =>
  ["s3OriginConfig", "originAccessControlId"].some((key) => {
    const given = uncovered(entry(value, key));
    return given !== undefined && given !== null && given !== "";
  });

/** Whether a balancer before the host hands it the requests of a route: one draft, or none where there is no balancer. */
export function routedByBalancer({ machine }: Host, route: DeclaredRoute, { graph }: Context): Draft[] {
  if (!machine) return [];
  const groups = registrationsOf(graph, machine.resource).map(({ group }) => group);
  const before = listeners(graph).filter(
    ({ balancers, protocol }) =>
      protocol !== UNKNOWN &&
      ["HTTP", "HTTPS"].includes(protocol ?? "") &&
      balancers.some((balancer) => machine.entries.loadBalancers.includes(balancer)),
  );
  // Which listener people come to is its own port's business: plain HTTP is for redirects where there is HTTPS.
  const secure = before.filter((listener) => endsTls(listener) && isUsual(listener));
  const asked = secure.length > 0 ? secure : before.filter((listener) => handsOn(graph, listener));
  const drafts = asked.map((listener) =>
    worst(pathsOf(route).map((path) => askListener(graph, listener, { host: route.domain, path }, groups))),
  );
  // Of a public and a private balancer, the domain may be one's alone.
  return drafts.length === 0 ? [] : [best(drafts)];
}

const isUsual = ({ resource }: Listener): boolean => wholeNumber(resource.properties["port"]) === 443;

const handsOn = (graph: Graph, { resource, rules }: Listener): boolean =>
  [forwarded(graph, resource, "defaultActions"), ...rules.map((rule) => forwarded(graph, rule, "actions"))].some(
    (found) => found !== null,
  );

function askListener(
  graph: Graph,
  listener: Listener,
  request: { host: string; path: string },
  groups: readonly Resource[],
): Draft {
  const { name } = listener.resource;
  const details = { about: `at ${name}` };
  const unsure = unknown(`what ${name} does with ${request.path} is not known`, checkLater, details);
  const rules = ordered(listener);
  if (rules === UNKNOWN) return unsure;
  for (const rule of rules) {
    const asked = isAsked(rule, request);
    if (asked === Asked.No) continue;
    const leads = leadsTo(graph, rule, "actions", groups);
    if (leads === true && asked !== Asked.Unknown)
      return pass(`${rule.name} hands ${request.path} to the host`, details);
    if (asked === Asked.Unknown) return unsure;
    if (asked === Asked.Some) continue;
    return leads === UNKNOWN ? unsure : stray(`${rule.name} of ${name}`, request.path, details);
  }
  const leads = leadsTo(graph, listener.resource, "defaultActions", groups);
  if (leads === true) return pass(`${name} hands ${request.path} to the host`, details);
  return leads === UNKNOWN
    ? unsure
    : fail(`no rule of ${name} is for ${request.host}${request.path}`, "add a rule for it", details);
}

const stray = (who: string, path: string, details: { about: string }): Draft =>
  fail(`${who} takes ${path} elsewhere`, "give it a rule with a smaller priority", details);

function leadsTo(
  graph: Graph,
  resource: Resource,
  property: string,
  groups: readonly Resource[],
): boolean | typeof UNKNOWN {
  const found = forwarded(graph, resource, property);
  if (found === UNKNOWN || found === null) return found === null ? false : UNKNOWN;
  if (found.groups.some((group) => groups.includes(group))) return true;
  return found.uncertain ? UNKNOWN : false;
}

const order = [Status.Fail, Status.Unknown, Status.Pass] as readonly Status[];
const byStatus = (one: Draft, other: Draft): number => order.indexOf(one.status) - order.indexOf(other.status);

/** The draft that says the worst. */
export const worst = (drafts: readonly Draft[]): Draft => [...drafts].sort(byStatus)[0]!;

/** The draft that says the best. */
export const best = (drafts: readonly Draft[]): Draft => [...drafts].sort(byStatus).at(-1)!;
