import { Beside, strictTransportName, telling, usualHeaders } from "../answer-policy";
import { HopChain, strictTransport } from "../hops";
import { because, HaproxyLine, line, setHeader } from "./tree";

/** The security headers of all answers, those of HAProxy's own among them. */
export function securityHeaders(domains: readonly string[], hops: HopChain): HaproxyLine[] {
  const strict = domains.flatMap((domain) => {
    const value = strictTransport(domain, hops);
    if (value === null) return [];
    return [
      setHeader(
        "http-after-response",
        strictTransportName,
        value,
        "if",
        "{",
        "var(txn.host)",
        "-m",
        "str",
        domain,
        "}",
      ),
    ];
  });
  return [
    ...usualHeaders.map(({ name, value, beside }) =>
      beside === Beside.AppDecides
        ? setHeader("http-after-response", name, value, "unless", "{", `res.hdr(${name})`, "-m", "found", "}")
        : setHeader("http-after-response", name, value),
    ),
    line("http-after-response", "del-header", strictTransportName),
    ...strict,
  ];
}

/** Headers of apps that are not passed on, as behind nginx. */
export function hiddenHeaders(): HaproxyLine[] {
  return ["Server", ...telling].map((name, index) => {
    const hidden = line("http-response", "del-header", name);
    return index === 0 ? because("headers that tell attackers what to try", hidden) : hidden;
  });
}
