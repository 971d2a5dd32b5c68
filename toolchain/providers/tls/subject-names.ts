import type { JsonGeneralName } from "@peculiar/x509";
import * as net from "node:net";

import type { Failure } from "../check";
import type { PropertyMap, PropertyValue } from "../property/value";

/** What a certificate is for besides its subject: DNS names, addresses and URIs. */
export function alternativeNames(inputs: PropertyMap): JsonGeneralName[] {
  const list = (name: string): string[] => (inputs[name] as string[] | undefined) ?? [];
  return [
    ...list("dnsNames").map((value) => ({ type: "dns" as const, value })),
    ...list("ipAddresses").map((value) => ({ type: "ip" as const, value })),
    ...list("uris").map((value) => ({ type: "url" as const, value })),
  ];
}

/** What is wrong with names that the certificate format cannot carry or no client would ever match. */
export function checkNames(inputs: PropertyMap): Failure[] {
  return [
    ...check(inputs, "dnsNames", (name) =>
      /^[\x21-\x7e]+$/.test(name)
        ? undefined
        : "has to be ASCII without spaces; write other letters in Punycode (xn--...)",
    ),
    ...check(inputs, "ipAddresses", (address) => (net.isIP(address) ? undefined : "has to be an IPv4 or IPv6 address")),
    ...check(inputs, "uris", (uri) =>
      URL.canParse(uri) ? undefined : "has to be a URI with its scheme, e.g. https://example.com/",
    ),
    ...(typeof (inputs["subject"] as PropertyMap | undefined)?.["emailAddress"] === "string" &&
    !/^[\x21-\x7e]+$/.test((inputs["subject"] as PropertyMap)["emailAddress"] as string)
      ? [{ property: "subject.emailAddress", reason: "has to be ASCII without spaces" }]
      : []),
  ];
}

function check(inputs: PropertyMap, property: string, problem: (value: string) => string | undefined): Failure[] {
  const values = (inputs[property] ?? []) as readonly PropertyValue[];
  if (!Array.isArray(values)) return [];
  return values.flatMap((value, index) => {
    const reason = typeof value === "string" ? problem(value) : undefined;
    return reason === undefined
      ? []
      : [{ property: `${property}[${index}]`, reason: `is ${JSON.stringify(value)}, and ${reason}` }];
  });
}
