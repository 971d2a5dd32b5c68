import { Beside, strictTransportName, telling, usualHeaders } from "../answer-policy";
import { HopChain, strictTransport } from "../hops";
import { apache, ApacheDirective } from "./tree";

/**
 * Headers of apps that are not passed on: those that httpd says itself, and those that tell what the app runs on. Without
 * an app's `Server` httpd says its own.
 */
export function hiddenHeaders(): ApacheDirective[] {
  const own = usualHeaders.filter(({ beside }) => beside !== Beside.AppDecides).map((header) => header.name);
  return [...own, strictTransportName, ...telling, "Server"].map((name) => apache("Header", "unset", name));
}

/** The security headers, on answers of any status, each once: an app's own value stands where it may have one. */
export function securityHeaders(): ApacheDirective[] {
  return usualHeaders.map(({ name, value, beside }) =>
    apache(
      "Header",
      "always",
      "set",
      name,
      value,
      ...(beside === Beside.AppDecides ? [`expr=-z %{resp:${name}}`] : []),
    ),
  );
}

/** What a domain says of its transport. */
export function transportHeader(domain: string, hops: HopChain): ApacheDirective[] {
  const strict = strictTransport(domain, hops);
  return strict === null ? [] : [apache("Header", "always", "set", strictTransportName, strict)];
}
