import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeJson } from "../machine/folders";
import { isAlive, ProcessIdentity } from "../machine/processes";
import { deliveredFolder } from "./folders";

/** What was running when a machine was last brought up. */
interface Life {
  /** Number of this life: one more whenever something had to be started again. */
  life: number;
  /** The machine, and the forwarder if it has one. */
  processes: ProcessIdentity[];
}

const lifePath = (id: string, machine: string): string => join(deliveredFolder(id, machine), "life.json");

/**
 * Number of a machine's life: the same while it runs, another as soon as it does not. As an input of a resource it makes
 * `pulumi up` bring back a machine that was lost, after a restart of this computer for example.
 */
export function lifeOf(id: string, machine: string): string {
  const life = readLife(id, machine);
  if (!life) return "1";
  return String(life.processes.every(isAlive) ? life.life : life.life + 1);
}

/** Remembers what runs now. */
export function rememberLife(id: string, machine: string, processes: ProcessIdentity[]): void {
  const path = lifePath(id, machine);
  writeJson(path, { life: Number(lifeOf(id, machine)), processes });
  chmodSync(path, 0o644); // written by root, read by the user who runs Pulumi
}

function readLife(id: string, machine: string): Life | undefined {
  const path = lifePath(id, machine);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Life) : undefined;
}
