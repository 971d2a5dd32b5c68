import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HostPlan } from "../../host/plan";
import { type Report } from "../machine/command";
import { forwardDown, forwardProcess, forwardUp } from "../machine/forwarder";
import { listMachines, machineDown, machineUp, recordedSpec, runningContainer } from "../machine/machine";
import { networkDown } from "../machine/network";
import { guestParameters, guestStore, parametersFolder, storeFolder } from "./folders";
import { keptLayers } from "./kept-layers";
import { rememberLife } from "./life";

/** Which machine is to run, and which ports of this computer lead to it. */
export interface BringUpSpec {
  id: string;
  machine: string;
  debian: number;
  forward: { from: number; to: number }[];
}

/**
 * Boots a machine with its store and parameters, or boots it again where it was lost, and opens its ports on this
 * computer. A new machine starts from an image that has the plan's packages, and from the Python environments that
 * machines on this computer have built before.
 */
export async function bringUp(spec: BringUpSpec, userData: string, report: Report): Promise<{ address: string }> {
  const plan = currentPlan(spec);
  const known = recordedSpec(spec.id, spec.machine);
  const machine = await machineUp(
    {
      id: spec.id,
      name: spec.machine,
      debian: spec.debian,
      packages: known?.packages ?? plan.packages,
      layers: known?.layers ?? keptLayers(plan),
      userData,
      binds: [
        { source: storeFolder(spec.id, spec.machine), target: guestStore },
        { source: parametersFolder(spec.id, spec.machine), target: guestParameters },
      ],
    },
    report,
  );
  const processes = [runningContainer(spec.id, spec.machine).init];
  if (spec.forward.length) {
    await forwardUp(
      spec.id,
      spec.forward.map(({ from, to }) => ({ port: from, address: machine.address, targetPort: to })),
    );
    processes.push(forwardProcess(spec.id));
  }
  rememberLife(spec.id, spec.machine, processes);
  return { address: machine.address };
}

/** Removes a machine, its ports, and the network when it was the last one. */
export async function takeDown(spec: BringUpSpec): Promise<void> {
  if (spec.forward.length) await forwardDown(spec.id);
  await machineDown(spec.id, spec.machine);
  if (listMachines(spec.id).length === 0) await networkDown(spec.id);
}

function currentPlan(spec: BringUpSpec): HostPlan {
  const store = storeFolder(spec.id, spec.machine);
  const pointer = JSON.parse(readFileSync(join(store, "current.json"), "utf8")) as { plan: string };
  return JSON.parse(readFileSync(join(store, "plans", `${pointer.plan}.json`), "utf8")) as HostPlan;
}
