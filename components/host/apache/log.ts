import { HopChain } from "../hops";
import { clientField } from "./client-address";
import { requestLine } from "./forwarded";
import { apache, ApacheDirective, noted } from "./tree";

/** Where the access log is. Debian's package of httpd has logrotate look after the folder. */
export const accessLogFile = "/var/log/apache2/access.log";

/** Where httpd says what went wrong. */
export const errorLogFile = "/var/log/apache2/error.log";

const formatName = "landfall";

/** One line of the access log: names as they are in nginx's log, as far as httpd knows the values. */
const fields = (hops: HopChain): Readonly<Record<string, string>> => ({
  time: "%{%Y-%m-%dT%H:%M:%S}t.%{msec_frac}t%{%z}t",
  id: "%{UNIQUE_ID}e",
  client: clientField(hops),
  method: "%{landfall_method}e",
  host: "%v",
  uri: "%{landfall_uri}e",
  protocol: "%H",
  status: "%>s",
  bytes: "%B",
  milliseconds: "%{ms}T",
  referer: "%{landfall_referer}e",
  agent: "%{landfall_agent}e",
  tls: "%{SSL_PROTOCOL}x",
});

/** What of a request is logged as the client wrote it: variable, and the expression for it. */
const written: readonly [variable: string, source: string][] = [
  ["landfall_method", "%{REQUEST_METHOD}"],
  // By `req` an answer would vary by the header.
  ["landfall_referer", "req_novary('Referer')"],
  ["landfall_agent", "req_novary('User-Agent')"],
];

/**
 * The access log, one JSON object a line, with the id that the app gets as X-Request-ID. httpd writes what is no letter of
 * ASCII as `\xhh`, which is no JSON, so such values are taken as they are in a URL.
 */
export function logFormat(hops: HopChain): ApacheDirective[] {
  return [
    apache("LogFormat", JSON.stringify(fields(hops)), formatName),
    noted(
      "values that JSON can hold: printable ones as they are, others as in a URL",
      apache("SetEnvIfExpr", `%{THE_REQUEST} =~ m#${requestLine}#`, "landfall_uri=$1"),
    ),
    ...written.flatMap(([variable, source]) => [
      apache("SetEnvIfExpr", `${source} =~ /^([\\x20-\\x7e]*)$/`, `${variable}=$1`),
      ...(source.startsWith("req")
        ? [apache("SetEnvIfExpr", `${source} =~ /[^\\x20-\\x7e]/ && escape(${source}) =~ /^(.*)$/`, `${variable}=$1`)]
        : []),
    ]),
  ];
}

/** Logs the requests of a domain. */
export function accessLog(): ApacheDirective {
  return apache("CustomLog", accessLogFile, formatName);
}
