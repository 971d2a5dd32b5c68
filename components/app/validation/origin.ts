import { domainFault } from "../domain";
import { Fault } from "../problem";

/**
 * What is wrong with an origin as browsers write it: scheme, host in lower case, and the port unless it is the scheme's own
 * (RFC 6454, section 6). Undefined when nothing is.
 */
export function originFault(origin: string): Fault | undefined {
  if (origin === "null")
    return {
      reason: "is what any page can make itself, by a sandboxed frame",
      fix: "name the origins of the pages",
    };
  if (origin.includes("*")) return { reason: "has a wildcard", fix: 'name each origin, or say "*" alone for any' };
  const [, scheme, host, port] = /^(https?):\/\/([^/?#@:\s]+)(?::(\d{1,5}))?$/.exec(origin) ?? [];
  if (scheme === undefined || host === undefined)
    return { reason: "is no origin", fix: 'write scheme and host, e.g. "https://www.example.com", and nothing behind' };
  // Addresses are origins, too, such as http://127.0.0.1:3000 of a developer.
  const fault = /^\d+(?:\.\d+){3}$/.test(host) ? undefined : domainFault(host);
  if (fault) return { reason: `has a host that ${fault.reason}`, fix: fault.fix };
  if (port === undefined) return undefined;
  if (Number(port) < 1 || Number(port) > 65535 || port.startsWith("0"))
    return { reason: "has no port from 1 to 65535", fix: "write the port as browsers do" };
  if (Number(port) === (scheme === "https" ? 443 : 80))
    return { reason: `has the port that ${scheme} has anyway, which browsers leave out`, fix: `leave out ":${port}"` };
  return undefined;
}

/** Whether what is said to the origin, or by it, can be read and changed on the way. A developer's own computer is near. */
export function isReadable(origin: string): boolean {
  return /^http:/.test(origin) && !/^http:\/\/(?:127\.0\.0\.1|(?:[^/:]+\.)?localhost)(?::\d+)?$/.test(origin);
}
