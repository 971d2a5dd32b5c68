import { createHash } from "node:crypto";

/**
 * The id of a stack's machines: 8 hexadecimal digits, from whatever tells one stack from another (project, stack,
 * folder of the checkout). Links, tables and units are named by it, so that two checkouts can run side by side.
 */
export function stackId(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 8);
}

/** Refuses what is not a stack id, before it becomes part of a path or a command. */
export function checkStackId(id: unknown): string {
  if (typeof id === "string" && /^[0-9a-f]{8}$/.test(id)) return id;
  throw new Error(`id ${JSON.stringify(id)} is not a stack id: it has 8 hexadecimal digits (see stackId)`);
}

/** Refuses what cannot be a machine's name: it becomes a host name, a folder and part of a unit's name. */
export function checkMachineName(name: unknown): string {
  if (typeof name === "string" && /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name) && name !== "localhost") return name;
  throw new Error(
    `name ${JSON.stringify(name)} is not a machine name: small letters, digits and hyphens, a letter first, ` +
      `no hyphen last, at most 63 characters, not "localhost"`,
  );
}

/** The stack's bridge. A link's name has at most 15 characters. */
export const bridgeName = (id: string): string => `lf-${id}`;

/** The stack's nftables table. */
export const tableName = (id: string): string => `landfall_${id}`;

/**
 * What systemd-nspawn calls a machine. It has the machine's number in the network rather than its name, because nspawn
 * makes the link's name of it, cut off after 15 characters.
 */
export const machineTag = (id: string, number: number): string => `${id}${number.toString(16).padStart(2, "0")}`;

/** The host's end of a machine's network cable, as systemd-nspawn names it with `--network-bridge=`. */
export const hostLink = (tag: string): string => `vb-${tag}`;

/** The transient unit of a machine, on hosts where systemd is PID 1. */
export const machineUnit = (tag: string): string => `landfall-${tag}.service`;
