import { createHash } from "node:crypto";

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * JSON with sorted keys and no white space, so that equal values have equal text, in Python as well as here. Written out
 * by hand, because an object of JavaScript always has keys such as "1" first, whatever order they were set in.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item: unknown) => (item === undefined ? "null" : canonicalJson(item))).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}

/**
 * Key of a Python environment: what decides its content. The apply program derives the same key where the requirements
 * are only known on the host (code from git).
 */
export function environmentKey(debian: number, packages: readonly string[], requirements: string): string {
  return sha256(canonicalJson([debian, [...packages].sort(), requirements]));
}
