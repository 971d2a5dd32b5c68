import { WebLogs } from "../../app/web-logs";
import { HopChain } from "../hops";
import { AccessLog, accessLogs, LineFormat } from "../logs/access-logs";
import { nginxLogs } from "../logs/rotation";
import { clientAddress } from "./client-address";
import { Expression, expression } from "./expression";
import { map } from "./map";
import { Directive, directive } from "./tree";

/** What clients ask for and come from, as it is written. */
interface Written {
  uri: string;
  referer: string;
  request: string;
}

const whole: Written = { uri: "$request_uri", referer: "$http_referer", request: "$request" };

/** The same without what follows a question mark. */
const withoutQueries: Written = {
  uri: "$logged_uri",
  referer: "$logged_referer",
  request: "$request_method $logged_uri $server_protocol",
};

/** One line of JSON: names as they are in the log, values as nginx has them. */
const fields = (client: Expression, { uri, referer }: Written): Readonly<Record<string, string>> => ({
  time: "$time_iso8601",
  id: "$logged_id",
  client: client.token,
  method: "$request_method",
  host: "$host",
  uri,
  protocol: "$server_protocol",
  status: "$status",
  bytes: "$body_bytes_sent",
  seconds: "$request_time",
  upstream: "$upstream_addr",
  upstream_status: "$upstream_status",
  upstream_connect_seconds: "$upstream_connect_time",
  upstream_seconds: "$upstream_response_time",
  referer,
  agent: "$http_user_agent",
  tls: "$ssl_protocol",
});

/** One line as Apache's `combined` has it; what is behind that is left alone by programs that read it. */
const combined = (client: Expression, { request, referer }: Written): string =>
  `${client.token} - $remote_user [$time_local] "${request}" $status $body_bytes_sent "${referer}" "$http_user_agent" ` +
  '"$logged_id" $request_time "$upstream_response_time"';

const formatNames: Readonly<Record<LineFormat, string>> = { json: "landfall", combined: "landfall_combined" };

/**
 * The access log, with the id that the app gets as X-Request-ID, empty where no app was asked. Of JSON all values are strings: those of `upstream` are lists
 * when nginx tried more than once. With a file for each domain nothing is written here: see `domainLog`.
 */
export function accessLog(hops: HopChain, logs: WebLogs = {}): Directive[] {
  const written = logs.queries === false ? withoutQueries : whole;
  const client = clientAddress(hops);
  const formats: Readonly<Record<LineFormat, () => Directive>> = {
    json: () =>
      directive("log_format", formatNames.json, "escape=json", { token: JSON.stringify(fields(client, written)) }),
    combined: () => directive("log_format", formatNames.combined, { token: combined(client, written) }),
  };
  return [
    loggedId(),
    ...(logs.queries === false ? queryMaps() : []),
    ...accessLogs(nginxLogs, logs).map(({ format }) => formats[format]()),
    ...(logs.perDomain ? [directive("access_log", "off")] : accessLogs(nginxLogs, logs).map(writeTo)),
  ];
}

/** Where the requests of a domain are written, where each has files of its own. */
export function domainLog(domain: string, logs: WebLogs): Directive[] {
  return logs.perDomain ? accessLogs(nginxLogs, logs, domain).map(writeTo) : [];
}

/** The id of a request that an app was asked for. Nobody was told one of the others, and to make it costs a tenth of a file's answer. */
function loggedId(): Directive {
  return map(expression`$upstream_addr`, "logged_id", [["", ""]], expression`$request_id`);
}

/** Written in batches: a write for each request costs throughput. */
function writeTo({ file, format }: AccessLog): Directive {
  return directive("access_log", file, formatNames[format], "buffer=64k", "flush=1s");
}

/** Variables of what clients ask for and come from, up to the question mark. */
function queryMaps(): Directive[] {
  const upTo = (source: Expression, target: string): Directive =>
    map(source, target, [[{ token: `~^(?<${target}_part>[^?]*)` }, { token: `$${target}_part` }]]);
  return [upTo(expression`$request_uri`, "logged_uri"), upTo(expression`$http_referer`, "logged_referer")];
}
