import { effective } from "../reader/nginx/effective";
import { locate } from "../reader/nginx/locate";
import { LocationMatch, LocationView, NginxScope, NginxView, ServerView } from "../reader/nginx/nginx-view";
import { Place } from "../reader/place";
import { passingDirective, Upstream, upstreamOf } from "./upstream";

/** What nginx does with a request, as far as its address tells. */
export const AnswerKind = {
  /** Hands it to another program. */
  App: "app",
  /** Looks for a file. */
  Files: "files",
  /** Sends the client elsewhere. */
  Redirect: "redirect",
  /** Answers with a status, or refuses. */
  Status: "status",
  /** Regular expressions decide that cannot be tried here. */
  Unknown: "unknown",
} as const;
export type AnswerKind = (typeof AnswerKind)[keyof typeof AnswerKind];

export type Answer = { readonly scope: NginxScope; readonly place: Place } & (
  | { readonly kind: typeof AnswerKind.App; readonly upstream: Upstream }
  | { readonly kind: typeof AnswerKind.Redirect; readonly status: number; readonly to: string }
  | { readonly kind: typeof AnswerKind.Status; readonly status: number }
  | { readonly kind: typeof AnswerKind.Files | typeof AnswerKind.Unknown }
);

/** Statuses with which `return` names an address (ngx_http_rewrite_module). */
const redirecting = [301, 302, 303, 307, 308];

/** How a server answers a path. What its conditions refuse (a header, a method) is not looked at. */
export function answerTo(nginx: NginxView, server: ServerView, path: string): Answer {
  // A server's own `return` is done before a location is looked for.
  const own = returned(server);
  if (own) return own;
  const { scope, uncertain, redirect } = locate(server, path);
  if (uncertain[0]) return { kind: AnswerKind.Unknown, scope, place: uncertain[0].place };
  if (redirect !== null) return { kind: AnswerKind.Redirect, status: 301, to: redirect, scope, place: scope.place };
  return answerOf(nginx, server, scope);
}

function answerOf(nginx: NginxView, server: ServerView, scope: ServerView | LocationView): Answer {
  const said = returned(scope);
  if (said) return said;
  const { place } = scope;
  if (scope.directives.some(({ name }) => name === "internal"))
    return { kind: AnswerKind.Status, status: 404, scope, place };
  const access = effective(scope, "allow");
  if (access[0]?.name === "deny" && access[0].args[0] === "all")
    return { kind: AnswerKind.Status, status: 403, scope, place: access[0].place };
  const handler = scope.directives.find(passingDirective) ?? fallback(server, scope);
  if (handler) return { kind: AnswerKind.App, upstream: upstreamOf(nginx, handler), scope, place: handler.place };
  return { kind: AnswerKind.Files, scope, place };
}

/** What a block always says by itself. */
function returned(scope: NginxScope): Answer | null {
  const directive = scope.directives.find(({ name }) => name === "return");
  if (!directive) return null;
  const { args, place } = directive;
  const status = Number(args[0]);
  // An address by itself is a 302.
  if (Number.isNaN(status)) return { kind: AnswerKind.Redirect, status: 302, to: args[0] ?? "", scope, place };
  if (redirecting.includes(status)) return { kind: AnswerKind.Redirect, status, to: args[1] ?? "", scope, place };
  return { kind: AnswerKind.Status, status, scope, place };
}

/** What hands on the requests that `try_files` finds no file for. */
function fallback(server: ServerView, scope: NginxScope): ReturnType<NginxScope["directives"]["find"]> {
  const last = effective(scope, "try_files").at(-1)?.args.at(-1);
  const named = server.locations.find(({ match, pattern }) => match === LocationMatch.Named && pattern === last);
  return named?.directives.find(passingDirective);
}
