import type { Report } from "./command";
import { forwardDown, forwardUp, type Forward } from "./forwarder";
import { ensureImage } from "./image";
import { cachedLayer, harvestLayer } from "./layer";
import { listMachines, machineDown, machineStop, machineUp } from "./machine";
import { networkDown, networkUp } from "./network";
import type { MachineSpec } from "./spec";
import { knownStacks, sweep } from "./sweep";

interface Named {
  id: string;
  name: string;
}

/**
 * What can be done with the machines of this computer, by verb: plain data in, plain data out. A second call with the
 * same spec changes nothing.
 *
 * @param report gets lines of progress
 */
export const machineVerbs = (report: Report): Readonly<Record<string, (spec: never) => unknown>> => ({
  "network-up": (spec: { id: string }) => networkUp(spec.id),
  "network-down": (spec: { id: string }) => networkDown(spec.id),
  "machine-up": (spec: MachineSpec) => machineUp(spec, report),
  "machine-stop": (spec: Named & { kill?: boolean }) => machineStop(spec.id, spec.name, { kill: spec.kill ?? false }),
  "machine-down": (spec: Named) => machineDown(spec.id, spec.name),
  "forward-up": (spec: { id: string; forwards: Forward[] }) => forwardUp(spec.id, spec.forwards),
  "forward-down": (spec: { id: string }) => forwardDown(spec.id),
  "layer-harvest": (spec: Named & { path: string; key: string }) => harvestLayer(spec, spec.path, spec.key),
  "layer-find": (spec: { key: string }) => cachedLayer(spec.key) ?? null,
  list: (spec: { id: string }) => listMachines(spec.id),
  stacks: () => knownStacks(),
  sweep: (spec: { id: string }) => sweep(spec.id),
  image: (spec: { debian: number; packages?: string[] }) => ensureImage({ ...spec, report }),
});
