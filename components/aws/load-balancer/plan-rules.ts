import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { at, Fault, Problem } from "../../app/problem";
import { placedRoutes } from "../../app/route/domains";
import { sha256 } from "../../host/digest";

/** Which requests go to an app. */
export interface PlannedRule {
  /** Names the rule by what it is about, e.g. `www.example.com/reports/`. */
  key: string;
  /** Rules with smaller numbers are asked first. */
  priority: number;
  app: string;
  domain: string;
  /** Patterns of paths, one of which has to match. Empty: any path. */
  paths: string[];
}

/** The rules of a balancer, and why some cannot be. */
export interface PlannedRules {
  rules: PlannedRule[];
  problems: Problem[];
}

/** The greatest priority (Elastic Load Balancing API, CreateRule: 1 to 50,000). */
const last = 50_000;

/**
 * Where the priorities of rules begin, by how deep their paths are. Of two paths below one domain that both match a request,
 * one leads into the other and is deeper, so it is asked first; all others may be asked in any order.
 */
const firsts = [20_001, 8_001, 3_001, 1_001, 501, 201, 101, 1] as const;

/**
 * Plans a rule for each route. Its priority follows from domain and path alone, so that a rule that is added or removed
 * changes no other: AWS refuses to exchange the priorities of rules one by one. Two may meet by chance, as seldom as once in
 * 600 descriptions with ten domains; then nobody is moved, and the problem says what to write instead.
 *
 * @param priorities chosen by hand, by the rule's key
 */
export function planRules(apps: readonly App[], priorities: Readonly<Record<string, number>> = {}): PlannedRules {
  const problems: Problem[] = [];
  const rules = new Map<string, PlannedRule>();
  const taken = new Map<number, string>();
  const placed = placedRoutes(apps);
  for (const { app, route, place: path } of placed) {
    const found = routeProblems(route, path);
    problems.push(...found);
    const key = keyOf(route);
    if (found.length > 0 || rules.has(key)) continue; // that two apps have one address is said elsewhere
    const priority = Object.hasOwn(priorities, key) ? priorities[key]! : priorityOf(route);
    const other = taken.get(priority);
    if (other !== undefined) problems.push(collision({ path, key, priority, other, free: freeNear(route, taken) }));
    taken.set(priority, key);
    rules.set(key, { key, priority, app: app.name, domain: route.domain, paths: patterns(route) });
  }
  const routes = placed.map(({ route }) => route);
  return { rules: [...rules.values()], problems: [...problems, ...priorityProblems(priorities, routes)] };
}

const pathOf = ({ path = "/" }: Route): string => path;
const keyOf = (route: Route): string => route.domain + pathOf(route);
const depthOf = (route: Route): number => pathOf(route).split("/").length - 2;

/** The priorities that a rule may have: those for paths as deep as its own. */
function rangeOf(route: Route): { first: number; size: number } {
  const depth = depthOf(route);
  const first = firsts[depth]!; // deeper ones were refused
  return { first, size: (firsts[depth - 1] ?? last + 1) - first };
}

function priorityOf(route: Route): number {
  const { first, size } = rangeOf(route);
  return first + (Number.parseInt(sha256(keyOf(route)).slice(0, 12), 16) % size);
}

/** nginx sends `/reports` on to `/reports/`, so both are its. */
function patterns(route: Route): string[] {
  const path = pathOf(route);
  return path === "/" ? [] : [path.slice(0, -1), `${path}*`];
}

/** The next priority behind the route's own that nobody has. */
function freeNear(route: Route, taken: ReadonlyMap<number, string>): number {
  const { first, size } = rangeOf(route);
  const own = priorityOf(route) - first;
  const steps = Array.from({ length: size }, (_, step) => first + ((own + step) % size));
  return steps.find((priority) => !taken.has(priority))!; // there are more than a balancer may have rules
}

interface Collision {
  path: string;
  key: string;
  priority: number;
  other: string;
  free: number;
}

function collision({ path, key, priority, other, free }: Collision): Problem {
  const reason = `has the priority ${priority} of "${other}"`;
  return { path, value: key, reason, fix: `choose another one: priorities: { ${JSON.stringify(key)}: ${free} }` };
}

function priorityProblems(priorities: Readonly<Record<string, number>>, routes: readonly Route[]): Problem[] {
  return Object.entries(priorities).flatMap(([key, value]) => {
    const route = routes.find((one) => keyOf(one) === key);
    const fault = route ? priorityFault(value, route) : noRoute;
    return fault ? [{ path: at("priorities", key), value, ...fault }] : [];
  });
}

const noRoute: Fault = {
  reason: "is for no route",
  fix: 'write domain and path of one, e.g. "www.example.com/reports/"',
};

function priorityFault(value: number, route: Route): Fault | undefined {
  if (depthOf(route) >= firsts.length) return undefined; // refused already
  const { first, size } = rangeOf(route);
  if (Number.isInteger(value) && value >= first && value < first + size) return undefined;
  const reason = "would not be asked after deeper paths and before shorter ones";
  return { reason, fix: `use ${first} to ${first + size - 1}` };
}

function routeProblems(route: Route, path: string): Problem[] {
  if (route.pattern !== undefined) return [{ path: at(path, "pattern"), value: route.pattern, ...noExpression }];
  const domain = domainFault(route.domain);
  const prefix = pathFault(pathOf(route), depthOf(route));
  return [
    ...(domain ? [{ path: at(path, "domain"), value: route.domain, ...domain }] : []),
    ...(prefix ? [{ path: at(path, "path"), value: route.path, ...prefix }] : []),
  ];
}

/** Its rules know `*` and `?`, which lead to an app more requests than the expression does. */
const noExpression: Fault = {
  reason: "cannot be a rule of a load balancer",
  fix: "give a route with a path for each of its beginnings",
};

/** Longest value of a condition (Elastic Load Balancing, "Condition types for listener rules"). */
const conditionLetters = 128;

function domainFault(domain: string): Fault | undefined {
  if (domain.length > conditionLetters)
    return { reason: `has more than ${conditionLetters} characters`, fix: "use a shorter name" };
  // As "Host conditions" there have it: a dot, and letters only behind the last one.
  if (/\.[A-Za-z]+$/.test(domain)) return undefined;
  return { reason: "does not end in letters behind a dot", fix: "a load balancer cannot tell requests by such a name" };
}

function pathFault(path: string, depth: number): Fault | undefined {
  // Elastic Load Balancing API, RuleCondition; an asterisk and a question mark would match other paths, too.
  if (!/^[A-Za-z0-9_\-.$/~'@:+&]*$/.test(path))
    return {
      reason: "has characters that no rule of a load balancer matches",
      fix: "use letters, digits and _-.$~'@:+&",
    };
  if (path.length >= conditionLetters)
    return { reason: `has ${conditionLetters} characters or more`, fix: "use a shorter prefix" };
  if (depth < firsts.length) return undefined;
  return { reason: `has ${depth} segments`, fix: `use at most ${firsts.length - 1}` };
}
