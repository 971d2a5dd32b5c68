import { HaproxyLine, line } from "./tree";

/** One line of the log: names as in nginx's, values as HAProxy has them. Texts of clients are made JSON's by `json`. */
const fields: Readonly<Record<string, string>> = {
  id: "%[var(txn.id)]",
  client: "%[src]",
  method: "%[var(txn.method),json(utf8s)]",
  host: "%[var(txn.host),json(utf8s)]",
  uri: "%[var(txn.uri),json(utf8s)]",
  protocol: "%HV",
  status: "%ST",
  bytes: "%B",
  milliseconds: "%Ta",
  upstream: "%b/%s",
  upstream_milliseconds: "%Tr",
  referer: "%[var(txn.referer),json(utf8s)]",
  agent: "%[var(txn.agent),json(utf8s)]",
  tls: "%sslv",
  ended: "%ts",
};

/** The access log, one JSON object a line, with the id that the app gets as X-Request-ID. All values are strings. */
export function accessLog(): HaproxyLine[] {
  return [
    line("http-request", "set-var(txn.id)", "uuid()"),
    line("http-request", "set-var(txn.method)", "method"),
    line("http-request", "set-var(txn.uri)", "pathq"),
    line("http-request", "set-var(txn.referer)", "req.hdr(referer)"),
    line("http-request", "set-var(txn.agent)", "req.hdr(user-agent)"),
    line("log-format", JSON.stringify(fields)),
  ];
}
