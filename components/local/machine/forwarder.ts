import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { attempt } from "./command";
import { makeStackFolder, readJson, removeEmpty, stackFolder, writeJson } from "./folders";
import { withLock } from "./lock";
import { checkStackId } from "./names";
import { identify, isAlive, signal, waitForEnd, type ProcessIdentity } from "./processes";
import { ownCommand } from "../program";

/** A port of this computer's loopback address that leads to a machine. */
export interface Forward {
  /** Port on 127.0.0.1 and ::1. */
  port: number;
  /** Address of the machine. */
  address: string;
  /** Port on the machine. */
  targetPort: number;
}

/** What the forwarder's process says once, when it listens or cannot. */
export type ForwarderAnswer = { listening: true } | { port: number; host: string; code: string };

interface ForwarderRecord {
  process: ProcessIdentity;
  forwards: Forward[];
}

const recordPath = (id: string): string => join(stackFolder(id), "forwarder.json");
const logPath = (id: string): string => join(stackFolder(id), "forwarder.log");
const lockPath = (id: string): string => join(stackFolder(id), ".forwarder.lock");

/** Makes ports of this computer lead to machines, in a process of its own that stays. The same list again changes nothing. */
export async function forwardUp(stack: string, forwards: readonly Forward[]): Promise<void> {
  const id = checkStackId(stack);
  for (const { port, targetPort } of forwards) [port, targetPort].forEach(checkPort);
  await withLock(lockPath(id), async () => {
    const record = readJson<ForwarderRecord>(recordPath(id));
    if (record && isAlive(record.process) && JSON.stringify(record.forwards) === JSON.stringify(forwards)) return;
    await stop(id);
    if (forwards.length === 0) return;
    makeStackFolder(id);
    const log = openSync(logPath(id), "a", 0o600);
    const [file, ...args] = ownCommand("local/machine/forwarder-process");
    const child = spawn(file, [...args, JSON.stringify(forwards)], {
      detached: true,
      cwd: "/",
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    const answer = await new Promise<ForwarderAnswer>((resolve, reject) => {
      child.once("message", (message) => resolve(message as ForwarderAnswer));
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`the forwarder ended at once: ${lastOf(logPath(id))}`)));
    });
    child.removeAllListeners();
    if (!("listening" in answer)) throw new Error(await portProblem(answer));
    const process = identify(child.pid ?? -1);
    if (!process) throw new Error("the forwarder ended at once");
    writeJson(recordPath(id), { process, forwards });
    child.disconnect();
    child.unref();
  });
}

/** Ends a stack's forwarder. Nothing to end is fine. */
export async function forwardDown(stack: string): Promise<void> {
  const id = checkStackId(stack);
  if (!existsSync(stackFolder(id))) return;
  await withLock(lockPath(id), async () => {
    await stop(id);
    rmSync(lockPath(id), { force: true });
  });
  removeEmpty(stackFolder(id));
}

/** What a stack's forwarder leads where, when it runs. */
export function currentForwards(id: string): Forward[] {
  const record = readJson<ForwarderRecord>(recordPath(checkStackId(id)));
  return record && isAlive(record.process) ? record.forwards : [];
}

/** The process of a stack's forwarder. */
export function forwardProcess(id: string): ProcessIdentity {
  const record = readJson<ForwarderRecord>(recordPath(checkStackId(id)));
  if (!record) throw new Error(`stack ${id} has no forwarder; forward-up starts it`);
  return record.process;
}

async function stop(id: string): Promise<void> {
  const record = readJson<ForwarderRecord>(recordPath(id));
  if (record) {
    signal(record.process, "SIGTERM");
    if (!(await waitForEnd(record.process, 5))) signal(record.process, "SIGKILL");
  }
  for (const path of [recordPath(id), logPath(id)]) rmSync(path, { force: true });
}

function lastOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8").slice(-2000) : "";
}

async function portProblem({ port, host, code }: { port: number; host: string; code: string }): Promise<string> {
  if (code === "EACCES") return `port ${port} on ${host} needs root; choose a port from 1024 on`;
  if (code !== "EADDRINUSE") return `port ${port} on ${host} cannot be opened: ${code}`;
  const sockets = await attempt(["ss", "-Hltnp", "sport", "=", String(port)]).catch(() => undefined);
  const owner = /users:\(\("([^"]+)",pid=(\d+)/.exec(sockets?.stdout ?? "");
  const by = owner ? ` by ${owner[1]} (process ${owner[2]})` : "";
  return `port ${port} on ${host} is taken${by}; stop it or choose another port`;
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return;
  throw new Error(`port ${JSON.stringify(port)} is not a port: a whole number from 1 to 65535`);
}
