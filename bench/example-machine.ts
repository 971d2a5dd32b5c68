import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplyStatus, statusFile } from "../components/host/apply/status";
import { machineRoot } from "../components/local/machine/machine";
import { stackId } from "../components/local/machine/names";
import { RunningMachine } from "./own-start";

/** The web machine of a checkout's local stack, while it is up. */
export function exampleMachine(folder: string): { machine: RunningMachine; environments: Map<string, string> } {
  const machine = { id: stackId("landfall", "local", folder), name: "web" };
  const status = JSON.parse(
    readFileSync(join(machineRoot(machine.id, machine.name), statusFile), "utf8"),
  ) as ApplyStatus;
  const environments = new Map(status.apps.flatMap((app) => (app.environment ? [[app.name, app.environment]] : [])));
  return { machine, environments };
}
