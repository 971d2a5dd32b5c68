import { readFileSync, rmSync } from "node:fs";
import { applyProgram } from "../host/apply/program";
import { applyPlan } from "./delivery/apply";
import { bringUp, BringUpSpec, takeDown } from "./delivery/bring-up";
import { parametersFolder, storeFolder } from "./delivery/folders";
import { deliverParameters, ParametersSpec } from "./delivery/parameters";
import { publish, PublishSpec } from "./delivery/publish";
import { assertSupported } from "./machine/supported";

// What the local components run: a verb, its spec as JSON in LANDFALL_SPEC, progress on standard error, the result as
// JSON on standard output. A second call with the same spec changes nothing.

const report = (line: string): boolean => process.stderr.write(`${line}\n`);
const standardInput = (): string => readFileSync(0, "utf8");

const verbs: Readonly<Record<string, (spec: never) => unknown>> = {
  parameters: (spec: ParametersSpec) => deliverParameters(spec, JSON.parse(standardInput()) as Record<string, string>),
  "remove-parameters": (spec: ParametersSpec) =>
    rmSync(parametersFolder(spec.id, spec.machine), { recursive: true, force: true }),
  machine: (spec: BringUpSpec) => bringUp(spec, standardInput(), report),
  "remove-machine": (spec: BringUpSpec) => takeDown(spec),
  deliver: (spec: PublishSpec) => {
    const { plan } = publish(spec, standardInput(), applyProgram().text);
    return applyPlan({ ...spec, plan }, report);
  },
  withdraw: (spec: PublishSpec) => rmSync(storeFolder(spec.id, spec.machine), { recursive: true, force: true }),
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const verb = process.argv[2] ?? "";
  const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!act) throw new Error(`${JSON.stringify(verb)} is not a verb; there are: ${Object.keys(verbs).join(", ")}`);
  assertSupported();
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as never;
  const result = await act(spec);
  if (result !== undefined) process.stdout.write(`${JSON.stringify(result)}\n`);
}
