import { HopChain, publicPortOf } from "../hops";
import { removedHeaders } from "../web-server/removed-headers";
import { accessLog } from "./log";
import { realClient } from "./client-address";
import { format } from "./expression";
import { readProofs } from "./proof";
import { because, HaproxyLine, line, setHeader } from "./tree";

/** The name that a request asks for, without its port. */
export const findHost = line("http-request", "set-var(txn.host)", "req.hdr(host),field(1,:),lower");

/**
 * What is found out about each request before anything is decided, and what no client may say.
 *
 * @param port the one that it has come to
 */
export function readRequest(hops: HopChain, scheme: "http" | "https", port: number): HaproxyLine[] {
  return [
    ...readProofs(hops),
    ...realClient(hops),
    ...accessLog(),
    findHost,
    because(
      "the path that decides, with percent signs resolved and slashes merged; the app gets it as it was written",
      line("http-request", "set-var(txn.path)", 'path,url_dec,regsub("/+","/",g)'),
    ),
    line("http-request", "set-var-fmt(txn.arguments)", "?%[query]", "if", "{", "query", "-m", "len", "gt", "0", "}"),
    ...clientHeaders(scheme, publicPortOf(hops, port)),
  ];
}

function clientHeaders(scheme: string, port: number): HaproxyLine[] {
  const set = (name: string, value: string | number | ReturnType<typeof format>): HaproxyLine =>
    setHeader("http-request", name, value);
  return [
    because(
      "programs that make variables of headers take X_Real_IP for X-Real-IP",
      line("http-request", "del-header", "_", "-m", "sub"),
    ),
    ...removedHeaders.map((name) => line("http-request", "del-header", name)),
    set("X-Real-IP", format`%[src]`),
    set("X-Forwarded-For", format`%[src]`),
    set("X-Forwarded-Proto", scheme),
    set("X-Forwarded-Port", port),
    set("X-Scheme", scheme),
    set("X-Request-URI", format`%[pathq]`),
    set("X-Request-ID", format`%[var(txn.id)]`),
    line("http-request", "del-header", "X-Forwarded-Prefix"),
    because(
      "only websockets may be upgraded to: h2c would slip requests past us",
      line("http-request", "del-header", "Upgrade", "unless", "{", "req.hdr(upgrade)", "-i", "websocket", "}"),
    ),
  ];
}
