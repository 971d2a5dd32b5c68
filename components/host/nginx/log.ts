import { HopChain } from "../hops";
import { clientAddress } from "./client-address";
import { Expression } from "./expression";
import { Directive, directive } from "./tree";

/** Where the access log is. Debian's package of nginx has logrotate look after the folder. */
export const accessLogFile = "/var/log/nginx/access.log";

/** Where nginx says what went wrong. */
export const errorLogFile = "/var/log/nginx/error.log";

/** One line of the access log: names as they are in the log, values as nginx has them. */
const fields = (client: Expression): Readonly<Record<string, string>> => ({
  time: "$time_iso8601",
  id: "$request_id",
  client: client.token,
  method: "$request_method",
  host: "$host",
  uri: "$request_uri",
  protocol: "$server_protocol",
  status: "$status",
  bytes: "$body_bytes_sent",
  seconds: "$request_time",
  upstream: "$upstream_addr",
  upstream_status: "$upstream_status",
  upstream_connect_seconds: "$upstream_connect_time",
  upstream_seconds: "$upstream_response_time",
  referer: "$http_referer",
  agent: "$http_user_agent",
  tls: "$ssl_protocol",
});

/**
 * The access log, one JSON object a line, with the id that the app gets as X-Request-ID. All values are strings: those of
 * `upstream` are lists when nginx tried more than once. Written in batches: a write for each request costs throughput.
 */
export function accessLog(hops: HopChain): Directive[] {
  const json: Expression = { token: JSON.stringify(fields(clientAddress(hops))) };
  return [
    directive("log_format", "landfall", "escape=json", json),
    directive("access_log", accessLogFile, "landfall", "buffer=64k", "flush=1s"),
  ];
}
