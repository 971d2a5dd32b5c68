import { effective, effectiveOne } from "../reader/nginx/effective";
import { NginxScope, NginxView, PlacedDirective } from "../reader/nginx/nginx-view";
import { sentHeader } from "./content-scopes";
import { mapOf } from "./mapped-values";
import { passingDirective } from "./upstream";

/** How a block has an answer given to others than the one it is for. */
export interface Leak {
  readonly reason: string;
  readonly fix: string;
  /** Whether it does so only for values that a request tells. */
  readonly isOpen: boolean;
  readonly by: PlacedDirective;
}

/** What a block keeps, or has others keep, of answers that are one browser's alone; none where it hands nothing on. */
export function leaksOf(nginx: NginxView, scope: NginxScope): Leak[] {
  if (!scope.directives.some(passingDirective)) return [];
  // An answer without its cookie is one for everybody.
  const takesCookies = effective(scope, "proxy_hide_header").some(
    ({ args }) => args[0]?.toLowerCase() === "set-cookie",
  );
  return [...(takesCookies ? [] : [...keptCookies(scope), ...saidPublic(nginx, scope)]), ...keptPrivate(scope)];
}

/** Whether a block keeps anything at all. */
export function keepsAnswers(scope: NginxScope): boolean {
  const zone = effectiveOne(scope, "proxy_cache")?.args[0];
  return zone !== undefined && zone !== "off" && scope.directives.some(passingDirective);
}

/** By itself nginx keeps no answer that sets a cookie (ngx_http_proxy_module, `proxy_cache_valid`). */
function keptCookies(scope: NginxScope): Leak[] {
  return ignoring(scope, "set-cookie").map((by) => ({
    reason: "keeps answers that set a cookie, and gives one browser's cookie to all",
    fix: "leave Set-Cookie out of proxy_ignore_headers, or take it off by proxy_hide_header Set-Cookie",
    isOpen: false,
    by,
  }));
}

/** Nor one that its app calls private or not to be kept, by `Cache-Control`. */
function keptPrivate(scope: NginxScope): Leak[] {
  const asked = effective(scope, "proxy_no_cache").some(({ args }) =>
    args.join(" ").includes("$upstream_http_cache_control"),
  );
  if (asked) return [];
  return ignoring(scope, "cache-control").map((by) => ({
    reason: "keeps answers that the app calls private",
    fix: "leave Cache-Control out of proxy_ignore_headers",
    isOpen: false,
    by,
  }));
}

function ignoring(scope: NginxScope, header: string): PlacedDirective[] {
  if (!keepsAnswers(scope)) return [];
  return effective(scope, "proxy_ignore_headers").filter(({ args }) =>
    args.some((one) => one.toLowerCase() === header),
  );
}

/** A header of nginx's own stands beside that of the app: every answer is said to be for everybody. */
function saidPublic(nginx: NginxView, scope: NginxScope): Leak[] {
  const said = sentHeader(scope, "Cache-Control");
  const value = said?.args[1] ?? "";
  if (!said) return [];
  const leak = {
    reason: "calls all that the app answers public, whoever it is for",
    fix: "leave Cache-Control to the app, or make it by a map of $upstream_http_set_cookie and the session's cookie",
    by: said,
  };
  if (forAll.test(value)) return [{ ...leak, isOpen: false }];
  const map = value.startsWith("$") ? mapOf(nginx, value) : null;
  const isTold = map !== null && /\$\{?upstream_http_set_cookie\b/.test(map.source);
  return map && !isTold && map.values.some((one) => forAll.test(one.value)) ? [{ ...leak, isOpen: true }] : [];
}

/** What lets caches between server and browser keep an answer (RFC 9111, sections 5.2.2.9 and 5.2.2.10). */
const forAll = /(?:^|[\s,])(?:public|s-maxage)\b/i;
