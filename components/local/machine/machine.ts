import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { removeCgroup } from "./cgroup";
import { attempt, run, type Report } from "./command";
import {
  findContainer,
  hasSystemd,
  killContainer,
  powerOffContainer,
  startContainer,
  type Container,
  type HasEnded,
} from "./container";
import { checkHoldsMachines, machineFolder, machinesFolder, readJson, stateHome, writeJson } from "./folders";
import { ensureImage } from "./image";
import { withLock } from "./lock";
import { hostLink, machineTag, machineUnit } from "./names";
import { mountOverlay, mountsUnder, removeTree } from "./mounts";
import { hostsPath, leavePlace, networkUp, readPlaces, takePlace } from "./network";
import { waitForBoot } from "./readiness";
import { hostResolvers, machineResolver } from "./resolver";
import { seedFiles } from "./seed";
import { changedFor, checkSpec, type FullSpec, type MachineSpec } from "./spec";

/** A machine that runs. */
export interface Machine {
  id: string;
  name: string;
  /** Its address in the stack's network. */
  address: string;
  /** This computer's address in the stack's network. */
  gateway: string;
  /** How often it was booted. */
  generation: number;
  /** Its file system, as this computer sees it. */
  root: string;
}

/** What is known of a machine, running or not. */
export interface MachineState {
  name: string;
  address: string;
  state: "running" | "stopped" | "half-made";
}

/** What is remembered of a machine, beside its files. Written before anything else is made. */
interface MachineRecord {
  format: 1;
  spec: FullSpec;
  number: number;
  address: string;
  /** Lower layers of its file system, the top one first. */
  lowers: string[];
  /** Whether its files were laid out to the end. */
  complete: boolean;
}

const paths = (id: string, name: string) => {
  const folder = machineFolder(id, name);
  const below = (part: string): string => join(folder, part);
  return {
    folder,
    record: below("machine.json"),
    lock: join(machinesFolder(id), `.${name}.lock`),
    upper: below("upper"),
    work: below("work"),
    root: below("root"),
    console: below("console.log"),
    boots: below("boots"),
  };
};

/** How long a machine may take until systemd answers in it. Two seconds are usual; a busy computer takes longer. */
const bootSeconds = 60;

/**
 * Makes a machine if it is not there, boots it if it does not run, and waits until systemd answers in it. A machine
 * that was left half-made is made anew.
 *
 * @param whileBooting what else is to be done, with the machine's address and before anything answers there
 */
export async function machineUp(
  asked: MachineSpec,
  report: Report = () => undefined,
  whileBooting: (address: string) => Promise<void> = async () => undefined,
): Promise<Machine> {
  const spec = checkSpec(asked);
  checkHoldsMachines(stateHome(), "LANDFALL_STATE_HOME");
  const at = paths(spec.id, spec.name);
  const network = await networkUp(spec.id);
  return await withLock(at.lock, async () => {
    let record = readJson<MachineRecord>(at.record);
    const container = record && findContainer(machineTag(spec.id, record.number));
    if (record?.complete) refuseChange(record.spec, spec, container !== undefined);
    else {
      const missing = spec.layers.find((layer) => !existsSync(layer));
      if (missing !== undefined)
        throw new Error(`machine ${spec.name}: layers ${missing} does not exist on this computer`);
      await discard(spec.id, spec.name);
      report(`machine ${spec.name}: making it`);
      const image = await ensureImage({ debian: spec.debian, packages: spec.packages, report });
      const { number, address } = await takePlace(spec.id, spec.name, spec.aliases);
      record = { format: 1, spec, number, address, lowers: [...spec.layers, ...image.layers], complete: false };
      mkdirSync(at.folder, { recursive: true, mode: 0o700 });
      writeJson(at.record, record);
      for (const folder of [at.upper, at.work, at.root]) mkdirSync(folder, { mode: 0o755 });
      await mountOverlay(record.lowers, at.upper, at.work, at.root);
      const seed = join(at.root, "var/lib/cloud/seed/nocloud");
      mkdirSync(seed, { recursive: true });
      for (const [file, text] of Object.entries(seedFiles(spec, record, network))) {
        writeFileSync(join(seed, file), text, { mode: 0o600 });
      }
      record.complete = true;
      writeJson(at.record, record);
    }
    let hasEnded: HasEnded | undefined;
    if (!container) {
      record.spec = spec;
      writeJson(at.record, record);
      await takePlace(spec.id, spec.name, spec.aliases);
      report(`machine ${spec.name}: booting`);
      hasEnded = await boot(record);
    }
    const tag = machineTag(spec.id, record.number);
    const [booted, done] = await Promise.allSettled([
      waitForBoot({ tag, name: spec.name, console: at.console, seconds: bootSeconds, hasEnded }),
      whileBooting(record.address),
    ]);
    for (const outcome of [booted, done]) if (outcome.status === "rejected") throw outcome.reason;
    return describe(record, network.gateway);
  });
}

/** Powers a machine off, at once with `kill`, else in order with a time limit of 10 s. Its files stay. */
export async function machineStop(id: string, name: string, how: { kill: boolean }): Promise<void> {
  const record = readJson<MachineRecord>(paths(id, name).record);
  if (!record) return;
  const tag = machineTag(id, record.number);
  if (how.kill || !(await powerOffContainer(tag, 10))) await killContainer(tag);
}

/** Powers a machine off and removes all that there is of it. Nothing to remove is fine, half a machine too. */
export async function machineDown(id: string, name: string): Promise<void> {
  const at = paths(id, name);
  if (!existsSync(machinesFolder(id))) return;
  await withLock(at.lock, async () => {
    await machineStop(id, name, { kill: false });
    await discard(id, name);
    rmSync(at.lock, { force: true });
  });
}

/** All machines of a stack. */
export function listMachines(id: string): MachineState[] {
  const folder = machinesFolder(id);
  if (!existsSync(folder)) return [];
  const places = readPlaces(id);
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  return names.map((name) => {
    const record = readJson<MachineRecord>(paths(id, name).record);
    const running = record !== undefined && findContainer(machineTag(id, record.number)) !== undefined;
    const state = running ? "running" : record?.complete ? "stopped" : "half-made";
    return { name, address: record?.address ?? places[name]?.address ?? "", state };
  });
}

/** What a machine was made from; undefined when there is none, or only half of one. */
export function recordedSpec(id: string, name: string): FullSpec | undefined {
  const record = readJson<MachineRecord>(paths(id, name).record);
  return record?.complete ? record.spec : undefined;
}

/** The container of a machine that runs, or an error that says what state it is in. */
export function runningContainer(id: string, name: string): Required<Container> {
  const record = readJson<MachineRecord>(paths(id, name).record);
  if (!record)
    throw new Error(
      `there is no machine ${name} in stack ${id}; it has: ${
        listMachines(id)
          .map((machine) => machine.name)
          .join(", ") || "none"
      }`,
    );
  const container = findContainer(machineTag(id, record.number));
  if (!container?.init) throw new Error(`machine ${name} does not run; machine-up boots it`);
  return { supervisor: container.supervisor, init: container.init };
}

/** A machine's file system as this computer sees it. */
export const machineRoot = (id: string, name: string): string => paths(id, name).root;

async function boot(record: MachineRecord): Promise<HasEnded> {
  const { id, name } = record.spec;
  const at = paths(id, name);
  const gone = record.lowers.find((lower) => !existsSync(lower));
  if (gone !== undefined) {
    throw new Error(`machine ${name}: its image ${gone} is gone; take it down (machine-down), then up again`);
  }
  if (mountsUnder(at.root).length === 0) await mountOverlay(record.lowers, at.upper, at.work, at.root);
  // Not part of the image: the computer may have moved to another network since.
  writeFileSync(join(at.root, "etc/resolv.conf"), machineResolver(hostResolvers()));
  for (const bind of record.spec.binds) makeMountPoint(at.root, bind.source, bind.target);
  const tag = machineTag(id, record.number);
  return await startContainer({
    tag,
    root: at.root,
    hosts: hostsPath(id),
    console: at.console,
    boots: at.boots,
    spec: record.spec,
  });
}

/** Removes a machine's container, link, mounts, files and place, whatever there is of them. */
async function discard(id: string, name: string): Promise<void> {
  const at = paths(id, name);
  const number = readJson<MachineRecord>(at.record)?.number;
  if (number !== undefined) await discardContainer(machineTag(id, number));
  await removeTree(at.folder);
  await leavePlace(id, name);
}

/** Removes what a container leaves outside its folder. */
export async function discardContainer(tag: string): Promise<void> {
  await killContainer(tag);
  if (hasSystemd()) await attempt(["systemctl", "stop", machineUnit(tag)]);
  if (existsSync(`/sys/class/net/${hostLink(tag)}`)) await attempt(["ip", "link", "delete", hostLink(tag)]);
  for (const kind of ["propagate", "unix-export"])
    await run(["rm", "-rf", "--one-file-system", `/run/systemd/nspawn/${kind}/${tag}`]);
  await removeCgroup(tag);
}

function refuseChange(had: FullSpec, asked: FullSpec, running: boolean): void {
  const changed = changedFor(had, asked, running);
  if (changed.length === 0) return;
  throw new Error(
    `machine ${asked.name} exists with other ${changed.join(", ")}; take it down first (machine-down), then up again`,
  );
}

/** A bind needs something to be mounted on. */
function makeMountPoint(root: string, source: string, target: string): void {
  if (!existsSync(source)) throw new Error(`binds: ${source} does not exist on this computer`);
  const path = join(root, target);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  if (statSync(source).isDirectory()) mkdirSync(path);
  else writeFileSync(path, "");
}

function describe(record: MachineRecord, gateway: string): Machine {
  const { id, name } = record.spec;
  const at = paths(id, name);
  const generation = readFileSync(at.boots, "utf8").split("\n").length - 1;
  return { id, name, address: record.address, gateway, generation, root: at.root };
}
