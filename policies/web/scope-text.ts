import { LocationView, NginxScope, ScopeKind, ServerView } from "../reader/nginx/nginx-view";

/** How a block is called in findings: `location ^~ /board/ of www.example.com`. */
export function scopeText(scope: NginxScope): string {
  if (scope.kind === ScopeKind.Server) return `server ${serverText(scope as ServerView)}`;
  const own = [scope.kind, ...scope.args].join(" ");
  return scope.parent ? `${own} of ${parentText(scope.parent)}` : own;
}

function parentText(scope: NginxScope): string {
  if (scope.kind === ScopeKind.Server) return serverText(scope as ServerView);
  if (scope.kind !== ScopeKind.Location) return scopeText(scope);
  return `${(scope as LocationView).pattern} of ${scope.parent ? parentText(scope.parent) : "nginx"}`;
}

/** A server by its first name, or by where it listens when it has none. */
export function serverText({ names, listens }: ServerView): string {
  const name = names.find((one) => one !== "" && one !== "_");
  return name ?? listens.map(({ address, port }) => (port === null ? address : `${address}:${port}`)).join(" ");
}
