import { mkdirSync } from "node:fs";
import { HostPlan } from "../../host/plan";
import { type Report } from "../machine/command";
import { forwardDown, forwardProcess, forwardUp } from "../machine/forwarder";
import { listMachines, machineDown, machineUp, recordedSpec, runningContainer } from "../machine/machine";
import { networkDown } from "../machine/network";
import { guestParameters, guestStore, parametersFolder, storeFolder } from "./folders";
import { keptLayers } from "./kept-layers";
import { rememberLife } from "./life";

/** What a new machine starts with, so that its plan is soon applied. */
export interface MachineNeeds {
  debian: number;
  packages: string[];
  /** Keys of Python environments, of which those are there that machines on this computer have built before. */
  environments: string[];
}

/** What a plan needs of a new machine. Code alone does not change it. */
export function machineNeeds({ debian, packages, releases }: HostPlan): MachineNeeds {
  return { debian, packages, environments: releases.flatMap((release) => release.python?.key ?? []) };
}

/** Which machine is to run, and which ports of this computer lead to it. */
export interface BringUpSpec extends MachineNeeds {
  id: string;
  machine: string;
  forward: { from: number; to: number }[];
}

/**
 * Boots a machine, or boots it again where it was lost, and opens its ports on this computer. Its store and parameters
 * are folders that may be filled later.
 */
export async function bringUp(spec: BringUpSpec, userData: string, report: Report): Promise<{ address: string }> {
  const [store, parameters] = [storeFolder(spec.id, spec.machine), parametersFolder(spec.id, spec.machine)];
  mkdirSync(store, { recursive: true });
  mkdirSync(parameters, { recursive: true, mode: 0o700 });
  const known = recordedSpec(spec.id, spec.machine);
  const machine = await machineUp(
    {
      id: spec.id,
      name: spec.machine,
      debian: spec.debian,
      packages: known?.packages ?? spec.packages,
      layers: known?.layers ?? keptLayers(spec.debian, spec.environments),
      userData,
      binds: [
        { source: store, target: guestStore },
        { source: parameters, target: guestParameters },
      ],
    },
    report,
    async (address) => {
      if (spec.forward.length === 0) return;
      await forwardUp(
        spec.id,
        spec.forward.map(({ from, to }) => ({ port: from, address, targetPort: to })),
      );
    },
  );
  const processes = [runningContainer(spec.id, spec.machine).init];
  if (spec.forward.length) processes.push(forwardProcess(spec.id));
  rememberLife(spec.id, spec.machine, processes);
  return { address: machine.address };
}

/** Removes a machine, its ports, and the network when it was the last one. */
export async function takeDown(spec: Pick<BringUpSpec, "id" | "machine" | "forward">): Promise<void> {
  if (spec.forward.length) await forwardDown(spec.id);
  await machineDown(spec.id, spec.machine);
  if (listMachines(spec.id).length === 0) await networkDown(spec.id);
}
