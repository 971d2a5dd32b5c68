import { NginxScope, PlacedDirective, ScopeKind } from "./nginx-view";

/**
 * Directives that hold only where they stand: those that decide how a request is answered. Handlers do reach into `if` and
 * `limit_except`, whose requests the surrounding location answers (nginx's `noname` locations).
 */
const handlers = new Set(["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"]);
const local = new Set([
  "break",
  "empty_gif",
  "flv",
  "if",
  "include",
  "internal",
  "limit_except",
  "listen",
  "location",
  "mp4",
  "perl",
  "return",
  "rewrite",
  "server",
  "server_name",
  "set",
  "stub_status",
  "try_files",
]);

/** Directives that take each other's place. */
const slots: Readonly<Record<string, readonly string[]>> = {
  root: ["root", "alias"],
  alias: ["root", "alias"],
  allow: ["allow", "deny"],
  deny: ["allow", "deny"],
};

/** Directives whose inheritance another directive changes, from nginx 1.29.3 on. */
const inheritControls: Readonly<Record<string, string>> = {
  add_header: "add_header_inherit",
  add_trailer: "add_trailer_inherit",
};

/**
 * The directives of a name that hold in a scope. By nginx's rule a block inherits all of them from outside or, as soon as
 * it has one of its own, none. What shares a slot comes along: the effective `alias` may be a `root`.
 */
export function effective(scope: NginxScope, name: string): PlacedDirective[] {
  const names = Object.hasOwn(slots, name) ? (slots[name] ?? [name]) : [name];
  const own = scope.directives.filter((one) => names.includes(one.name));
  if (!isInherited(scope, name) || scope.parent === null) return own;
  switch (inheritance(scope, name)) {
    case "off":
      return own;
    case "merge":
      return [...own, ...effective(scope.parent, name)];
    default:
      return own.length > 0 ? own : effective(scope.parent, name);
  }
}

/** The last directive of a name that holds in a scope, for those that take one value; null when there is none. */
export function effectiveOne(scope: NginxScope, name: string): PlacedDirective | null {
  return effective(scope, name).at(-1) ?? null;
}

/** The directives of a name that hold in the block outside, but not in the scope, because it has some of its own. */
export function dropped(scope: NginxScope, name: string): PlacedDirective[] {
  if (scope.parent === null || !isInherited(scope, name)) return [];
  const here = new Set(effective(scope, name));
  return effective(scope.parent, name).filter((one) => !here.has(one));
}

function isInherited(scope: NginxScope, name: string): boolean {
  if (handlers.has(name)) return scope.kind === ScopeKind.If || scope.kind === ScopeKind.LimitExcept;
  return !local.has(name);
}

function inheritance(scope: NginxScope, name: string): string {
  const control = Object.hasOwn(inheritControls, name) ? inheritControls[name] : undefined;
  return control === undefined ? "on" : (effectiveOne(scope, control)?.args[0] ?? "on");
}
