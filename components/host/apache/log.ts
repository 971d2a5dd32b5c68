import { WebLogs } from "../../app/web-logs";
import { HopChain } from "../hops";
import { accessLogs, LineFormat } from "../logs/access-logs";
import { apacheLogs } from "../logs/rotation";
import { clientField } from "./client-address";
import { requestLine } from "./forwarded";
import { apache, ApacheDirective, noted } from "./tree";

const formatNames: Readonly<Record<LineFormat, string>> = { json: "landfall", combined: "landfall_combined" };

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

/** One line as `combined` has it; what is behind that is left alone by programs that read it. */
const combined = (hops: HopChain): string =>
  `${clientField(hops)} - %u [%{%d/%b/%Y:%H:%M:%S %z}t] "%{landfall_method}e %{landfall_uri}e %H" %>s %B ` +
  '"%{landfall_referer}e" "%{landfall_agent}e" "%{UNIQUE_ID}e" %{ms}T';

/** What of a request is logged as the client wrote it: variable, and the expression for it. */
const written: readonly [variable: string, source: string][] = [
  ["landfall_method", "%{REQUEST_METHOD}"],
  // By `req` an answer would vary by the header.
  ["landfall_referer", "req_novary('Referer')"],
  ["landfall_agent", "req_novary('User-Agent')"],
];

/**
 * The access log, with the id that the app gets as X-Request-ID. httpd writes what is no letter of ASCII as `\xhh`, which is no
 * JSON, so such values are taken as they are in a URL.
 */
export function logFormat(hops: HopChain, logs: WebLogs): ApacheDirective[] {
  const lines: Readonly<Record<LineFormat, () => string>> = {
    json: () => JSON.stringify(fields(hops)),
    combined: () => combined(hops),
  };
  return [
    ...accessLogs(apacheLogs, logs).map(({ format }) => apache("LogFormat", lines[format](), formatNames[format])),
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
    ...(logs.queries === false ? [upTo("\\?", "landfall_uri"), upTo("(?:\\?|%3[Ff])", "landfall_referer")] : []),
  ];
}

/** Takes what follows a question mark off a value. A referring page may have it as in a URL, where it could not be printed. */
const upTo = (mark: string, variable: string): ApacheDirective =>
  apache("SetEnvIfExpr", `reqenv('${variable}') =~ /^(.*?)${mark}/`, `${variable}=$1`);

/** Variable of requests that are not logged. */
export const unloggedVariable = "landfall_unlogged";

/** Logs the requests of a domain, in files of its own by choice. */
export function accessLog(domain: string, logs: WebLogs): ApacheDirective[] {
  return accessLogs(apacheLogs, logs, logs.perDomain ? domain : undefined).map(({ file, format }) =>
    apache(
      "CustomLog",
      file,
      formatNames[format],
      ...(logs.report?.domain === domain ? [`env=!${unloggedVariable}`] : []),
    ),
  );
}
