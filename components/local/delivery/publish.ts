import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { storePaths, storePointer } from "../../host/apply/store";
import { sha256 } from "../../host/digest";
import { HostPlan } from "../../host/plan";
import { storeFolder } from "./folders";

/** What a machine's store is filled with, beside the plan. */
export interface PublishSpec {
  /** The stack's id. */
  id: string;
  machine: string;
  /** Digest of the apply program, so that another program is another step. */
  program: string;
  /** Packed code: path on this computer by digest. */
  archives: Record<string, string>;
}

/** The folders of a store. */
const folders = ["plans", "programs", "code"];

/** What a store's pointer names, by digest. */
interface Pointer {
  plan: string;
  program: string;
}

/**
 * Fills a machine's store with a plan, the program that applies it and the code it names, and then points to the plan.
 * What neither this plan nor the one before it needs is removed.
 */
export function publish(spec: PublishSpec, planText: string, program: string): { plan: string } {
  const store = storeFolder(spec.id, spec.machine);
  for (const folder of folders) mkdirSync(join(store, folder), { recursive: true });

  const before = readPointer(store);
  if (sha256(program) !== spec.program)
    throw new Error("the apply program changed while it was published; run it again");
  const pointer: Pointer = { plan: sha256(planText), program: spec.program };
  writeOnce(join(store, storePaths.plan(pointer.plan)), planText);
  writeOnce(join(store, storePaths.program(pointer.program)), program);
  for (const digest of archivesOf(planText)) {
    const path = spec.archives[digest];
    if (path === undefined) throw new Error(`the plan names the code ${digest}, which was not packed`);
    copyOnce(path, join(store, storePaths.code(digest)));
  }
  replace(join(store, storePaths.pointer), storePointer(pointer.plan, pointer.program));
  prune(store, [pointer, ...(before ? [before] : [])]);
  return { plan: pointer.plan };
}

function readPointer(store: string): Pointer | undefined {
  const path = join(store, storePaths.pointer);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Pointer) : undefined;
}

function archivesOf(planText: string): string[] {
  const plan = JSON.parse(planText) as HostPlan;
  return plan.releases.flatMap((release) => release.source.archive ?? []);
}

function prune(store: string, pointers: readonly Pointer[]): void {
  const plans = pointers
    .map((pointer) => join(store, storePaths.plan(pointer.plan)))
    .filter((path) => existsSync(path));
  const wanted = new Set([
    ...pointers.flatMap(({ plan, program }) => [storePaths.plan(plan), storePaths.program(program)]),
    ...plans.flatMap((path) => archivesOf(readFileSync(path, "utf8"))).map((digest) => storePaths.code(digest)),
  ]);
  for (const folder of folders) {
    for (const file of readdirSync(join(store, folder))) {
      if (!wanted.has(join(folder, file))) rmSync(join(store, folder, file), { force: true });
    }
  }
}

// What is named by its digest never changes, so a file that is there is the right one.
function writeOnce(path: string, content: string | Uint8Array): void {
  if (!existsSync(path)) replace(path, content);
}

function copyOnce(from: string, to: string): void {
  if (existsSync(to)) return;
  copyFileSync(from, `${to}.${process.pid}.new`);
  renameSync(`${to}.${process.pid}.new`, to);
}

function replace(path: string, content: string | Uint8Array): void {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, content, { mode: 0o644 });
  renameSync(beside, path);
}
