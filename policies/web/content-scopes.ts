import { isLoopback } from "../network/address";
import { effective } from "../reader/nginx/effective";
import { LocationMatch, LocationView, NginxScope, NginxView, ScopeKind, ServerView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";

/** Part of the path at which certificate authorities look for the answer to a challenge (RFC 8555). */
const challengePath = "acme-challenge";

/** The servers that other machines can reach. */
export function publicServers(nginx: NginxView): ServerView[] {
  return nginx.servers.filter(({ listens }) =>
    listens.some(({ address }) => !address.startsWith("unix:") && !isLoopback(address)),
  );
}

/**
 * The blocks of a server that answer with content a browser could use: no redirects, no refusals, no answers to the
 * challenges of a certificate authority.
 */
export function contentScopes(server: ServerView): NginxScope[] {
  if (returnsNothing(server)) return [];
  return answeringScopes(server).filter(
    (scope) => !(scope === server && hasCatchAll(server)) && !returnsNothing(scope) && !isForChallenges(scope),
  );
}

/** Whether a block always answers without content: a redirect, a refusal, an empty answer. */
function returnsNothing(scope: NginxScope): boolean {
  const returned = scope.directives.find(({ name }) => name === "return");
  if (returned) {
    const code = Number(returned.args[0]);
    return !(code >= 200 && code < 300) || code === 204;
  }
  const access = scope.directives.filter(({ name }) => name === "allow" || name === "deny");
  return access.length > 0 && access.every(({ name, args }) => name === "deny" && args[0] === "all");
}

/** Whether a location of the server takes every request, so that the server's own block answers none. */
function hasCatchAll({ locations }: ServerView): boolean {
  return locations.some(
    ({ match, pattern }) => pattern === "/" && match !== LocationMatch.Exact && match !== LocationMatch.Named,
  );
}

function isForChallenges(scope: NginxScope): boolean {
  return scope.kind === ScopeKind.Location && (scope as LocationView).pattern.includes(challengePath);
}

/** The last value that a block sends for a header by `add_header`, with its place; undefined when it sends none. */
export function sentHeader(scope: NginxScope, header: string): ReturnType<typeof effective>[number] | undefined {
  return effective(scope, "add_header").findLast(({ args }) => args[0]?.toLowerCase() === header.toLowerCase());
}
