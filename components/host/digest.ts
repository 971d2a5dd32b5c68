import { createHash } from "node:crypto";

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** JSON with sorted keys and no white space, so that equal values have equal text, in Python as well as here. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, node: unknown) =>
    node !== null && typeof node === "object" && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : node,
  );
}

/**
 * Key of a Python environment: what decides its content. The apply program derives the same key where the requirements
 * are only known on the host (code from git).
 */
export function environmentKey(debian: number, packages: readonly string[], requirements: string): string {
  return sha256(canonicalJson([debian, [...packages].sort(), requirements]));
}
