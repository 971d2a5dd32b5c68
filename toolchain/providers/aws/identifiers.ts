import { randomBytes, randomInt, randomUUID } from "node:crypto";

import type { Account } from "./account/account";

/** An id as EC2 makes them, e.g. `i-0a1b2c3d4e5f60718`. */
export function newId(prefix: string): string {
  return `${prefix}-0${newHex(16)}`;
}

/** Random hexadecimal digits. */
export function newHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}

/** An id as ACM and health checks of Route 53 have it. */
export function newUuid(): string {
  return randomUUID();
}

/** An id as IAM makes them, e.g. `AROA` and 17 capital letters or digits. */
export function newIamId(prefix: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return prefix + Array.from({ length: 17 }, () => letters[randomInt(letters.length)]).join("");
}

/** A public address. 198.51.100.0/24 is kept for documentation (RFC 5737), so nobody is reached by mistake. */
export function newPublicAddress(): string {
  return `198.51.100.${randomInt(1, 255)}`;
}

/** The same of IPv6: 2001:db8::/32 (RFC 3849). */
export function newPublicAddress6(): string {
  return `2001:db8::${newHex(4).replace(/^0+(?=.)/, "")}`;
}

/** A network of IPv6 as Amazon gives them to VPCs, e.g. `2001:db8:1a2b:3c00::/56`. */
export function newNetwork6(): string {
  const groups = [newHex(4), `${newHex(2)}00`].map((group) => group.replace(/^0+(?=.)/, ""));
  return `2001:db8:${groups.join(":")}::/56`;
}

/** A name of a resource for all of AWS. Services that are not regional (IAM, Route 53, S3) leave the region out. */
export function arn(service: string, resource: string, { partition, id }: Account, region = ""): string {
  const account = service === "s3" || service === "route53" ? "" : id;
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
