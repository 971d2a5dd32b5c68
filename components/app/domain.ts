import { domainToASCII } from "node:url";

/** Why a text is not a host name, and what would be one. */
export interface DomainFault {
  reason: string;
  fix: string;
}

/**
 * What is wrong with a host name by RFC 1123: labels of 1 to 63 letters, digits and inner hyphens, 253 characters in
 * all. Undefined when nothing is. Lower case is asked for, so that equal names are equal texts.
 */
export function domainFault(domain: string): DomainFault | undefined {
  if (domain === "") return { reason: "is empty", fix: 'give a host name, e.g. "www.example.com"' };
  if (/[:/@?#\s]/.test(domain))
    return { reason: "is not a host name by itself", fix: "leave out scheme, port, path and spaces" };
  if (domain.startsWith("*.")) return { reason: "is a wildcard", fix: "name each host" };
  if (domain.endsWith(".")) return { reason: "ends with a dot", fix: "leave out the last dot" };
  if (/[^\x21-\x7e]/.test(domain)) {
    const ascii = domainToASCII(domain);
    return { reason: "has letters outside ASCII", fix: ascii ? `write it as "${ascii}"` : "write it in its xn-- form" };
  }
  if (domain.length > 253) return { reason: "has more than 253 characters", fix: "use a shorter name" };
  if (domain !== domain.toLowerCase())
    return { reason: "has capital letters", fix: `write it as "${domain.toLowerCase()}"` };
  const labels = domain.split(".");
  const bad = labels.find((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (bad !== undefined) {
    return {
      reason:
        bad === "" ? "has two dots in a row or begins with one" : `has the part "${bad}", which no host name can have`,
      fix: "use 1 to 63 letters, digits and inner hyphens between dots",
    };
  }
  if (/^\d+$/.test(labels.at(-1)!))
    return {
      reason: "is an address, not a name",
      fix: "give a name that resolves to it; certificates are made for names",
    };
  return undefined;
}
