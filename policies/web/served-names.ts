import { effectiveOne } from "../reader/nginx/effective";
import { LocationMatch, NginxScope, NginxView, ScopeKind, ServerView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { AnswerKind, answerTo } from "./answers";
import { conditionOf, expressionOf, mapOf, mappedTo } from "./mapped-values";

/** Which of some names a block answers from its folder, where there are such files. */
export interface ServedNames {
  readonly scope: NginxScope;
  /** The folder; null when it is nginx's own. */
  readonly folder: string | null;
  readonly names: readonly string[];
  /** Those about which an expression decides that cannot be tried here. */
  readonly unknown: readonly string[];
}

/** Asks a server for names below each of its locations, and says which blocks look for such files. */
export function servedNames(nginx: NginxView, server: ServerView, names: readonly string[]): ServedNames[] {
  const found = new Map<NginxScope, { names: Set<string>; unknown: Set<string> }>();
  for (const base of basesOf(server)) {
    for (const name of names) {
      const path = base + name;
      const { kind, scope } = answerTo(nginx, server, path);
      const isTried = kind === AnswerKind.App && effectiveOne(scope, "try_files") !== null;
      if (kind !== AnswerKind.Files && kind !== AnswerKind.Unknown && !isTried) continue;
      const own = found.get(scope) ?? { names: new Set<string>(), unknown: new Set<string>() };
      found.set(scope, own);
      if (kind === AnswerKind.Unknown) own.unknown.add(name);
      else if (!isRefused(nginx, server, scope, path)) own.names.add(name);
    }
  }
  return [...found].map(([scope, own]) => ({
    scope,
    folder: folderOf(scope),
    names: [...own.names],
    unknown: [...own.unknown],
  }));
}

/** The beginnings of paths that have a block of their own. */
function basesOf(server: ServerView): string[] {
  const prefixes = answeringScopes(server).flatMap((scope) => {
    const location = scope as Partial<{ match: LocationMatch; pattern: string }>;
    const isPrefix = location.match === LocationMatch.Prefix || location.match === LocationMatch.FinalPrefix;
    return isPrefix && location.pattern?.endsWith("/") ? [location.pattern] : [];
  });
  return [...new Set(["/", ...prefixes])];
}

const folderOf = (scope: NginxScope): string | null =>
  effectiveOne(scope, "root")?.args[0]?.replace(/(.)\/+$/, "$1") ?? null;

/** Whether a condition of the block, or of its server, refuses a path by what is in it. */
function isRefused(nginx: NginxView, server: ServerView, scope: NginxScope, path: string): boolean {
  const conditions = [...server.conditions, ...("conditions" in scope ? (scope.conditions as NginxScope[]) : [])];
  return conditions
    .filter(({ kind }) => kind === ScopeKind.If)
    .filter(({ directives }) => directives.some(({ name, args }) => name === "return" && Number(args[0]) >= 400))
    .some((condition) => holds(nginx, condition, path));
}

/** Whether a condition holds for a path; one that asks for something else does not count. */
function holds(nginx: NginxView, scope: NginxScope, path: string): boolean {
  const condition = conditionOf(scope);
  if (!condition) return false;
  const value = valueFor(nginx, condition.variable, path);
  if (value === null) return false;
  if (condition.expression === null) return value !== "" && value !== "0";
  return (expressionOf(condition.expression)?.test(value) ?? condition.isNegated) !== condition.isNegated;
}

/** The value of a variable that is the path, or that a map makes from it; null for others. */
function valueFor(nginx: NginxView, variable: string, path: string): string | null {
  if (["$uri", "$document_uri", "$request_uri"].includes(variable)) return path;
  const map = mapOf(nginx, variable);
  if (!map) return null;
  return ["$uri", "$document_uri", "$request_uri"].includes(map.source) ? mappedTo(map, path) : null;
}
