import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "../../components/local/machine/command";
import { stateHome } from "../../components/local/machine/folders";
import { runInside, type InsideOptions } from "../../components/local/machine/inside";
import {
  machineDown,
  machineStop,
  machineUp,
  recordedSpec,
  runningContainer,
  type Machine,
} from "../../components/local/machine/machine";
import { stackId } from "../../components/local/machine/names";
import { ensurePrerequisites } from "../../components/local/machine/prerequisites";
import { identify, isAlive } from "../../components/local/machine/processes";
import { machineCommand } from "../../components/local/machine/program";
import { cloudInitResult } from "../../components/local/machine/readiness";
import type { MachineSpec } from "../../components/local/machine/spec";

/** What a test asks of a machine; all of it may be left out. */
export type TestMachineArgs = Partial<MachineSpec>;

/** A machine that a test plays with. It is removed when the suite that it was made in ends. */
export interface TestMachine extends Machine {
  /** Runs a program, or a shell script when given as one text. Fails when it ends with another status than 0. */
  exec(command: string | readonly string[], options?: InsideOptions): Promise<string>;
  /** Runs a program and returns how it ended, whatever that is. */
  attempt(command: string | readonly string[], options?: InsideOptions): Promise<Outcome>;
  writeFile(path: string, content: string, mode?: number): Promise<void>;
  readFile(path: string): Promise<string>;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Powers it off in order. */
  powerOff(): Promise<void>;
  /** Boots it after `kill` or `powerOff`. */
  start(): Promise<void>;
  /** Powers it off in order and boots it. */
  reboot(): Promise<void>;
  /** Waits until cloud-init has finished this boot, and returns its errors. */
  cloudInit(seconds?: number): Promise<string[]>;
  remove(): Promise<void>;
}

/** The id of this run's network: machines of one run know each other by name. */
export const runId = stackId("test", String(process.pid), String(Date.now()));

// Each run has a state folder of its own, named by its process, so that a later run can tell whose it was.
const runsFolder = join(stateHome(), "tests");
const self = identify(process.pid);
assert.ok(self, "this process has no entry in /proc; machine tests need Linux");
const runFolder = join(runsFolder, `${self.pid}-${self.startTime}`);
process.env.LANDFALL_STATE_HOME = runFolder;

const atOnce = 3;
const live = new Map<string, TestMachine>();
let count = 0;
let prepared: Promise<void> | undefined;

/** Boots a machine. Call it in a hook or a test, and `remove()` it there; what is left is removed when the run ends. */
export async function machine(args: TestMachineArgs = {}): Promise<TestMachine> {
  const spec: MachineSpec = { id: runId, name: `m${++count}`, debian: 12, ...args };
  return await takeIn(async () => testMachine(spec, await machineUp(spec, report)));
}

/** Takes in a machine that is brought up in another way, as a site's is. `remove` takes it down in that way as well. */
export async function adoptMachine(
  id: string,
  name: string,
  bringUp: () => Promise<unknown>,
  remove: () => Promise<void>,
): Promise<TestMachine> {
  return await takeIn(async () => {
    await bringUp();
    const spec = recordedSpec(id, name);
    assert.ok(spec, `machine ${name} of ${id} was not brought up`);
    return testMachine(spec, await machineUp(spec, report), remove);
  });
}

async function takeIn(make: () => Promise<TestMachine>): Promise<TestMachine> {
  await prepare();
  if (live.size >= atOnce) {
    throw new Error(`${[...live.keys()].join(", ")} still run: at most ${atOnce} machines at once; remove() one first`);
  }
  const made = await make();
  live.set(made.name, made);
  return made;
}

/** A machine for a whole suite: call it in the body of `describe`. It is there from the first test on. */
export function useMachine(args: TestMachineArgs = {}): TestMachine {
  const holder = {} as TestMachine;
  before(async function () {
    this.timeout(300_000); // the first use may have to make the image
    Object.setPrototypeOf(holder, await machine(args)); // not a copy: address and generation change
  });
  after(async function () {
    this.timeout(60_000);
    await holder.remove?.();
  });
  return holder;
}

function testMachine(
  spec: MachineSpec,
  first: Machine,
  remove: () => Promise<void> = () => machineDown(spec.id, spec.name),
): TestMachine {
  const made: TestMachine = {
    ...first,
    async attempt(command, options) {
      const argv = typeof command === "string" ? ["sh", "-euc", command] : command;
      return await runInside(runningContainer(spec.id, spec.name).init.pid, argv, options);
    },
    async exec(command, options) {
      const outcome = await made.attempt(command, options);
      const said = `${String(command)} ended with ${outcome.code}:\n${outcome.stdout}\n${outcome.stderr}`;
      assert.equal(outcome.code, 0, said);
      return outcome.stdout;
    },
    async writeFile(path, content, mode = 0o644) {
      const script = 'mkdir -p "$(dirname "$1")" && cat >"$1" && chmod "$2" "$1"';
      await made.exec(["sh", "-euc", script, "sh", path, mode.toString(8)], { stdin: content });
    },
    readFile: async (path) => await made.exec(["cat", path]),
    kill: () => machineStop(spec.id, spec.name, { kill: true }),
    powerOff: () => machineStop(spec.id, spec.name, { kill: false }),
    async start() {
      Object.assign(made, await machineUp(spec, report));
    },
    async reboot() {
      await made.powerOff();
      await made.start();
    },
    async cloudInit(seconds = 120) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const result = cloudInitResult(runningContainer(spec.id, spec.name).init.pid);
        if (result.done) return result.errors;
        if (Date.now() > deadline) throw new Error(`cloud-init of ${spec.name} has not finished after ${seconds} s`);
        await sleep(50);
      }
    },
    async remove() {
      await remove();
      live.delete(spec.name);
    },
  };
  return made;
}

/** Makes this computer ready for machines and clears up after earlier runs. Done once; `machine` calls it. */
export function prepare(): Promise<void> {
  return (prepared ??= prepareOnce());
}

async function prepareOnce(): Promise<void> {
  await ensurePrerequisites(report);
  mkdirSync(runFolder, { recursive: true });
  process.on("exit", sweepRun);
  // Without these a signal ends the process and no handler of "exit" runs.
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGINT", () => process.exit(130));
  for (const run of readdirSync(runsFolder)) {
    const [pid, startTime] = run.split("-");
    if (isAlive({ pid: Number(pid), startTime: startTime ?? "" })) continue;
    report(`machine tests: clearing up after an earlier run that was cut off`);
    sweepFolder(join(runsFolder, run));
  }
}

function sweepRun(): void {
  sweepFolder(runFolder);
  try {
    rmdirSync(runsFolder);
  } catch {
    // another run has its folder there
  }
}

/** Synchronous, for a process that is about to end. */
function sweepFolder(folder: string): void {
  const env = { ...process.env, LANDFALL_STATE_HOME: folder };
  for (const id of readdirSync(folder).filter((name) => /^[0-9a-f]{8}$/.test(name))) {
    const [file, ...args] = machineCommand("sweep", env);
    const swept = spawnSync(file, args, { env, input: JSON.stringify({ id }), encoding: "utf8" });
    if (swept.status !== 0) process.stderr.write(`machine tests: ${id} could not be swept: ${swept.stderr}\n`);
  }
  rmSync(folder, { recursive: true, force: true });
}

function report(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
