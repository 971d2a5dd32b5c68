import type { Name } from "@peculiar/x509";

import type { PropertyMap } from "../property/value";
import type { X509Library } from "./x509-library";

/** Attribute types (RFC 5280 appendix A, RFC 4519), in the order in which Go's x509 writes them. */
const attributes: readonly (readonly [name: string, oid: string])[] = [
  ["country", "2.5.4.6"],
  ["organization", "2.5.4.10"],
  ["organizationalUnit", "2.5.4.11"],
  ["locality", "2.5.4.7"],
  ["province", "2.5.4.8"],
  ["streetAddresses", "2.5.4.9"],
  ["postalCode", "2.5.4.17"],
  ["commonName", "2.5.4.3"],
  ["serialNumber", "2.5.4.5"],
  ["emailAddress", "1.2.840.113549.1.9.1"],
];

/** The characters of ASN.1's PrintableString, which RFC 5280 wants for countries and serial numbers. */
const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** A certificate's subject as a distinguished name: its parts in order, without those that are not given. */
export function distinguishedName(library: X509Library, subject: PropertyMap | undefined): Name {
  const parts = attributes.flatMap(([name, oid]) => {
    const given = subject?.[name];
    const values = Array.isArray(given) ? given : [given];
    const texts = values.filter((value): value is string => typeof value === "string" && value !== "");
    return texts.length === 0 ? [] : [{ [oid]: texts.map((value) => encoded(name, value)) }];
  });
  return new library.Name(parts);
}

function encoded(
  attribute: string,
  value: string,
): { ia5String?: string; printableString?: string; utf8String?: string } {
  if (attribute === "emailAddress") return { ia5String: value };
  return printable.test(value) ? { printableString: value } : { utf8String: value };
}
