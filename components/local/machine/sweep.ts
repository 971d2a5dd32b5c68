import { existsSync, readdirSync } from "node:fs";
import { findContainers } from "./container";
import { stackFolder, stateHome } from "./folders";
import { forwardDown } from "./forwarder";
import { discardContainer, listMachines, machineDown } from "./machine";
import { removeTree } from "./mounts";
import { checkStackId } from "./names";
import { leavePlace, networkDown, readPlaces } from "./network";

/** What a sweep removed. */
export interface Swept {
  machines: string[];
}

/** Removes every trace of a stack from this computer, in whatever state it was left. */
export async function sweep(stack: string): Promise<Swept> {
  const id = checkStackId(stack);
  const machines = listMachines(id).map((machine) => machine.name);
  await forwardDown(id);
  await Promise.all(machines.map((name) => machineDown(id, name)));
  // Containers that nothing was written down of, and the ends of their cables.
  const links = readdirSync("/sys/class/net").filter((link) => link.startsWith(`vb-${id}`));
  const tags = new Set(links.map((link) => link.slice(3)));
  findContainers((tag) => tag.startsWith(id) && tags.add(tag) !== undefined);
  for (const tag of tags) await discardContainer(tag);
  for (const name of Object.keys(readPlaces(id))) await leavePlace(id, name);
  await networkDown(id);
  await removeTree(stackFolder(id));
  return { machines };
}

/** Ids of all stacks that have left something in the state folder. */
export function knownStacks(): string[] {
  if (!existsSync(stateHome())) return [];
  return readdirSync(stateHome()).filter((name) => /^[0-9a-f]{8}$/.test(name));
}
