import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readJson, writeJson } from "./folders";
import { bridgeName } from "./names";

/** Links that forward packets for us, what they did before, and for which stacks. */
interface ForwardingRecord {
  links: Record<string, { before: string; stacks: string[] }>;
}

// Of the computer rather than of a state folder, and gone after a reboot, as the settings themselves are.
const recordPath = "/run/landfall/forwarding.json";
const setting = (link: string): string => `/proc/sys/net/ipv4/conf/${link}/forwarding`;

/**
 * Lets packets pass between a stack's bridge and the links to the outside. Set link by link: the setting for the whole
 * computer stays as it is. The caller holds the computer's network lock.
 */
export async function forwardBy(id: string, bridge: string, uplinks: readonly string[]): Promise<void> {
  writeFileSync(setting(bridge), "1");
  const record = readJson<ForwardingRecord>(recordPath) ?? { links: {} };
  for (const link of uplinks) {
    const entry = (record.links[link] ??= { before: readFileSync(setting(link), "utf8").trim(), stacks: [] });
    if (!entry.stacks.includes(id)) entry.stacks.push(id);
    writeJson(recordPath, record); // first what it was, then the change: a crash between them loses nothing
    writeFileSync(setting(link), "1");
  }
}

/** Puts links back that no stack needs any more. Stacks whose bridge is gone do not count. */
export async function stopForwardingBy(id: string): Promise<void> {
  const record = readJson<ForwardingRecord>(recordPath);
  if (!record) return;
  for (const [link, entry] of Object.entries(record.links)) {
    entry.stacks = entry.stacks.filter((stack) => stack !== id && existsSync(`/sys/class/net/${bridgeName(stack)}`));
    if (entry.stacks.length > 0) continue;
    if (existsSync(setting(link))) writeFileSync(setting(link), entry.before);
    delete record.links[link];
  }
  if (Object.keys(record.links).length > 0) writeJson(recordPath, record);
  else rmSync(recordPath, { force: true });
}
