import { machineUp } from "../components/local/machine/machine";
import { stackId } from "../components/local/machine/names";
import { sweep } from "../components/local/machine/sweep";
import { BenchProject } from "./bench-project";
import { cleaningUp } from "./cleanup";
import { seconds } from "./figure";

/** A program without resources, in a project of its own. */
export const emptyProject = (): BenchProject =>
  new BenchProject('import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n');

/** Seconds that an `up` of it takes. */
export const emptyUp = (empty: BenchProject): Promise<number> => empty.time("up", "--yes", "--skip-preview");

/** Boot of a machine without any app, from a warm image. */
export async function bareBoot(debian: number): Promise<number> {
  const id = stackId("bench-bare", String(process.pid));
  return await cleaningUp(
    () => sweep(id),
    () => seconds(() => machineUp({ id, name: "bare", debian })),
  );
}
