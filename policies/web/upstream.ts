import { isLoopback } from "../network/address";
import { NginxScope, NginxView, PlacedDirective, ServerView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { constantValues } from "./variables";

/** Where a request is handed to. */
export interface UpstreamAddress {
  /** Host as written, or the path of a socket. */
  readonly host: string;
  /** Null for a socket, and where the scheme's port is used. */
  readonly port: number | null;
  readonly socket: boolean;
}

export interface Upstream {
  /** What it can be, with upstream blocks and constant variables put in. */
  readonly addresses: readonly UpstreamAddress[];
  /** The variable that makes it something nobody can name before a request, or null. */
  readonly variable: string | null;
}

/** A directive that hands requests on, where it stands. */
export interface Proxied {
  readonly scope: NginxScope;
  readonly directive: PlacedDirective;
  readonly upstream: Upstream;
}

/** Directives of nginx that hand a request to another program. */
const passing = new Set(["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"]);

/** Whether a directive hands requests to another program. */
export const passingDirective = ({ name }: PlacedDirective): boolean => passing.has(name);

/** All that a server hands on. */
export function proxied(nginx: NginxView, server: ServerView): Proxied[] {
  return answeringScopes(server).flatMap((scope) =>
    scope.directives
      .filter(passingDirective)
      .map((directive) => ({ scope, directive, upstream: upstreamOf(nginx, directive) })),
  );
}

/** Where a directive such as `proxy_pass` hands requests to. */
export function upstreamOf(nginx: NginxView, directive: PlacedDirective): Upstream {
  const target = (directive.args[0] ?? "").replace(/^(\$\{?\w+\}?|[a-z]+):\/\//i, "");
  if (target.startsWith("unix:")) return { addresses: [socketAddress(target)], variable: null };
  const authority = target.split(/[/?]/)[0] ?? "";
  const [, variable] = /\$\{?(\w+)/.exec(authority) ?? [];
  if (variable === undefined) return { addresses: addressesOf(nginx, authority), variable: null };
  const values = constantValues(nginx, variable);
  if (values === null) return { addresses: [], variable };
  const whole = values.map((value) =>
    authority.replace(/\$\{?\w+\}?/, () => value.replace(/^[a-z]+:\/\//i, "").split("/")[0]!),
  );
  const open = whole.map((one) => /\$\{?(\w+)/.exec(one)?.[1]).find((name) => name !== undefined);
  return open === undefined
    ? { addresses: whole.flatMap((one) => addressesOf(nginx, one)), variable: null }
    : { addresses: [], variable: open };
}

function addressesOf(nginx: NginxView, authority: string): UpstreamAddress[] {
  const named = nginx.upstreams.find(({ name }) => name === authority);
  return (named?.servers.map(({ address }) => address) ?? [authority]).map(addressOf);
}

function addressOf(text: string): UpstreamAddress {
  if (text.startsWith("unix:")) return socketAddress(text);
  const [, host = text, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return { host, port: port === undefined ? null : Number(port), socket: false };
}

/** `unix:/run/app.sock`, with `:/uri` behind it in a `proxy_pass`. */
function socketAddress(text: string): UpstreamAddress {
  return { host: text.slice("unix:".length).split(":")[0]!, port: null, socket: true };
}

/** Whether an address is on the machine itself. */
export function isLocal({ host, socket }: UpstreamAddress): boolean {
  return socket || isLoopback(host);
}
