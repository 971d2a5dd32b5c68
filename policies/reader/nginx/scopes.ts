import { LocationMatch, LocationView, NginxScope, PlacedDirective, ScopeKind, ServerView } from "./nginx-view";
import { listensOf } from "./listens";

/** The scope of a block, with what is in it. */
function scopeOf(kind: ScopeKind, block: PlacedDirective, parent: NginxScope | null): NginxScope {
  return { kind, args: block.args, directives: block.block ?? [], parent, place: block.place };
}

export function httpScope(directives: readonly PlacedDirective[]): NginxScope | null {
  const [first, ...more] = directives.filter(({ name, block }) => name === "http" && block !== undefined);
  if (!first) return null;
  const main: NginxScope = { kind: ScopeKind.Main, args: [], directives, parent: null, place: first.place };
  const http = scopeOf(ScopeKind.Http, first, main);
  return { ...http, directives: [...http.directives, ...more.flatMap(({ block }) => block ?? [])] };
}

export function serversOf(http: NginxScope): ServerView[] {
  return http.directives
    .filter(({ name, block }) => name === "server" && block !== undefined)
    .map((one) => server(one, http));
}

function server(block: PlacedDirective, http: NginxScope): ServerView {
  const scope = scopeOf(ScopeKind.Server, block, http);
  const listens = listensOf(scope);
  const names = scope.directives
    .filter(({ name, block: inner }) => name === "server_name" && inner === undefined)
    .flatMap(({ args }) => args)
    .map((name) => (name.startsWith("~") ? name : name.toLowerCase()));
  return inside(scope, (own) => ({
    ...own,
    names: names.length > 0 ? names : [""],
    listens,
    tls: listens.some(({ ssl, quic }) => ssl || quic),
  }));
}

/** Fills in the locations and conditions of a scope; they know the finished scope as their parent. */
function inside<Scope extends NginxScope>(scope: NginxScope, finish: (own: NginxScope & Inside) => Scope): Scope {
  const locations: LocationView[] = [];
  const conditions: NginxScope[] = [];
  const finished = finish({ ...scope, locations, conditions });
  for (const one of scope.directives) {
    if (one.block === undefined) continue;
    if (one.name === "location") locations.push(location(one, finished));
    else if (one.name === "if") conditions.push(scopeOf(ScopeKind.If, one, finished));
    else if (one.name === "limit_except") conditions.push(scopeOf(ScopeKind.LimitExcept, one, finished));
  }
  return finished;
}

interface Inside {
  readonly locations: readonly LocationView[];
  readonly conditions: readonly NginxScope[];
}

function location(block: PlacedDirective, parent: NginxScope): LocationView {
  return inside(scopeOf(ScopeKind.Location, block, parent), (own) => ({ ...own, ...matchOf(block.args) }));
}

const modifiers: Readonly<Record<string, LocationMatch>> = {
  "=": LocationMatch.Exact,
  "^~": LocationMatch.FinalPrefix,
  "~": LocationMatch.Regex,
  "~*": LocationMatch.RegexIgnoringCase,
};

/** How a location matches: its modifier may be a word of its own, or stand before the pattern (`=/path`, `~\.php$`). */
function matchOf(args: readonly string[]): { match: LocationMatch; pattern: string } {
  const [first = "", second] = args;
  if (second !== undefined && Object.hasOwn(modifiers, first)) {
    return { match: modifiers[first] ?? LocationMatch.Prefix, pattern: second };
  }
  const [, modifier, rest] = /^(=|\^~|~\*|~)(.*)$/s.exec(first) ?? [];
  if (modifier !== undefined && rest !== undefined && second === undefined) {
    return { match: modifiers[modifier] ?? LocationMatch.Prefix, pattern: rest };
  }
  return first.startsWith("@")
    ? { match: LocationMatch.Named, pattern: first }
    : { match: LocationMatch.Prefix, pattern: first };
}

/** Every scope of a server that can answer a request: itself, its locations, and the conditions in those. */
export function answeringScopes(server: ServerView): NginxScope[] {
  const found: NginxScope[] = [server];
  const open = [...server.locations];
  for (let next = open.shift(); next; next = open.shift()) {
    found.push(next, ...next.conditions);
    open.unshift(...next.locations);
  }
  return found;
}
