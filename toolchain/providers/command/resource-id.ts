import { randomBytes } from "node:crypto";

/** An id that no other resource has: the resource's name and 8 hexadecimal digits. */
export function uniqueId(name: string): string {
  return name + randomBytes(4).toString("hex");
}
