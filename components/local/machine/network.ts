import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { attempt, run } from "./command";
import { machinesFolder, makeStackFolder, readJson, removeEmpty, stackFolder, writeJson } from "./folders";
import { closeForwardChains, openForwardChains } from "./forward-chains";
import { forwardBy, stopForwardingBy } from "./forwarding";
import { withLock } from "./lock";
import { bridgeName, checkStackId, tableName } from "./names";
import { addressIn, chooseNumber, chooseSubnet, gatewayNumber } from "./subnet";

/** A stack's private network on this computer. */
export interface Network {
  id: string;
  /** e.g. `10.91.7.0/24`. */
  subnet: string;
  /** This computer's address in it. */
  gateway: string;
  /** Bytes that fit into a packet on the way out. */
  mtu: number;
}

/** A machine's place in its network. */
export interface Place {
  /** Last part of the address. */
  number: number;
  address: string;
  /** Further names that it answers to. */
  aliases: string[];
}

interface NetworkRecord {
  format: 1;
  subnet: string;
  places: Record<string, Place>;
}

const recordPath = (id: string): string => join(stackFolder(id), "network.json");
const lockPath = (id: string): string => join(stackFolder(id), ".network.lock");

/** The hosts file that all machines of a stack share. */
export const hostsPath = (id: string): string => join(stackFolder(id), "hosts");

// Two stacks must not pick the same network at the same time, whatever state folders they have.
const computerLock = "/run/landfall/network.lock";

/** Makes a stack's network, or what is missing of it. The subnet is remembered. */
export async function networkUp(stack: string): Promise<Network> {
  const id = checkStackId(stack);
  makeStackFolder(id);
  return await withLock(computerLock, async () => {
    const uplinks = await defaultLinks();
    const mtu = Math.min(1500, ...uplinks.map((link) => link.mtu));
    const record = await withLock(lockPath(id), async () => {
      const known = readJson<NetworkRecord>(recordPath(id));
      const made = known ?? { format: 1, subnet: chooseSubnet(id, await takenRanges()), places: {} };
      if (!known) writeJson(recordPath(id), made);
      writeHosts(id, made);
      return made;
    });
    const gateway = addressIn(record.subnet, gatewayNumber);
    if (!existsSync(`/sys/class/net/${bridgeName(id)}`)) {
      await run(["ip", "link", "add", bridgeName(id), "mtu", String(mtu), "type", "bridge"]);
    }
    await run(["ip", "address", "replace", `${gateway}/24`, "dev", bridgeName(id)]);
    await run(["ip", "link", "set", bridgeName(id), "up"]);
    await run(["nft", "-f", "-"], { stdin: masquerade(id, record.subnet) });
    await forwardBy(
      id,
      bridgeName(id),
      uplinks.map((link) => link.name),
    );
    await openForwardChains(id);
    return { id, subnet: record.subnet, gateway, mtu };
  });
}

/** Removes a stack's network. Nothing to remove is fine; machines that still use it are not. */
export async function networkDown(stack: string): Promise<void> {
  const id = checkStackId(stack);
  const machines = Object.keys(readPlaces(id));
  if (machines.length > 0)
    throw new Error(`stack ${id} still has ${machines.join(", ")}; take them down first (machine-down)`);
  await withLock(computerLock, async () => {
    await closeForwardChains(id);
    await attempt(["nft", "delete", "table", "ip", tableName(id)]);
    await attempt(["ip", "link", "delete", bridgeName(id)]);
    await stopForwardingBy(id);
    rmSync(computerLock, { force: true });
  });
  for (const path of [recordPath(id), hostsPath(id), lockPath(id)]) rmSync(path, { force: true });
  for (const folder of [machinesFolder(id), stackFolder(id), dirname(computerLock)]) removeEmpty(folder);
}

/** Gives a machine its place, the same one each time, and lets the others know its names. */
export async function takePlace(id: string, name: string, aliases: readonly string[]): Promise<Place> {
  return await changeRecord(id, (record) => {
    const numbers = Object.values(record.places).map((place) => place.number);
    const number = record.places[name]?.number ?? chooseNumber(numbers);
    return (record.places[name] = { number, address: addressIn(record.subnet, number), aliases: [...aliases] });
  });
}

/** Takes a machine's place and names away. */
export async function leavePlace(id: string, name: string): Promise<void> {
  if (readPlaces(id)[name]) await changeRecord(id, (record) => delete record.places[name]);
}

/** Places by machine name, as remembered. */
export function readPlaces(id: string): Record<string, Place> {
  return readJson<NetworkRecord>(recordPath(id))?.places ?? {};
}

/** Text of the hosts file: each machine by its name, by `<name>.internal` and by its aliases. */
export function hostsFile(places: Readonly<Record<string, Place>>): string {
  const machines = Object.entries(places)
    .sort(([, a], [, b]) => a.number - b.number)
    .map(([name, place]) => [place.address, `${name}.internal`, name, ...place.aliases].join(" "));
  return ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback", ...machines, ""].join("\n");
}

async function changeRecord<T>(id: string, change: (record: NetworkRecord) => T): Promise<T> {
  return await withLock(lockPath(id), async () => {
    const record = readJson<NetworkRecord>(recordPath(id));
    if (!record) throw new Error(`stack ${id} has no network; network-up makes it`);
    const result = change(record);
    writeJson(recordPath(id), record);
    writeHosts(id, record);
    return await Promise.resolve(result);
  });
}

/** Writes over the file rather than replacing it: machines have it mounted, and a mount keeps showing the old one. */
function writeHosts(id: string, record: NetworkRecord): void {
  const path = hostsPath(id);
  const text = hostsFile(record.places);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, text, { mode: 0o644 });
  if (readFileSync(path, "utf8") === text) return;
  const file = openSync(path, "r+");
  writeSync(file, text, 0);
  ftruncateSync(file, Buffer.byteLength(text)); // afterwards, so that a reader never finds it empty
  closeSync(file);
}

function masquerade(id: string, subnet: string): string {
  const table = `table ip ${tableName(id)}`;
  return `${table}
delete ${table}
${table} {
  chain postrouting {
    type nat hook postrouting priority srcnat
    ip saddr ${subnet} ip daddr != ${subnet} masquerade
  }
}
`;
}

/** Links that the default routes go out by. */
async function defaultLinks(): Promise<Array<{ name: string; mtu: number }>> {
  const routes = JSON.parse(await run(["ip", "-json", "-4", "route", "show", "default"])) as Array<{ dev?: string }>;
  const names = [...new Set(routes.flatMap((route) => route.dev ?? []))];
  return names.map((name) => ({ name, mtu: Number(readFileSync(`/sys/class/net/${name}/mtu`, "utf8")) }));
}

/** What this computer has routes and addresses for, and where it asks for names. */
async function takenRanges(): Promise<string[]> {
  const routes = JSON.parse(await run(["ip", "-json", "-4", "route", "show", "table", "all"])) as Array<{
    dst?: string;
  }>;
  const resolver = readFileSync("/etc/resolv.conf", "utf8").match(/(?<=^nameserver\s+)[\d.]+/gm) ?? [];
  return [...routes.flatMap((route) => (route.dst && route.dst !== "default" ? [route.dst] : [])), ...resolver];
}
