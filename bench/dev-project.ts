import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BenchProject } from "./bench-project";

export const checkout = resolve(__dirname, "..");
const stacks = join(checkout, "stacks");

/** What every program here begins with, so that none pays for stacks of errors and another does not. */
export const ownFrames = `import ${JSON.stringify(join(stacks, "own-frames"))};`;

/** The program of stack `dev`. */
export const devProgram = `${ownFrames}
import { dev } from ${JSON.stringify(join(stacks, "dev"))};
export = dev();
`;

/** A project with the configuration of stack `dev`, in an AWS that is simulated. */
export async function devProject(program: string): Promise<BenchProject> {
  const made = new BenchProject(program, { LANDFALL_SIMULATE: "1" }, true);
  const text = readFileSync(join(stacks, "Pulumi.dev.yaml"), "utf8");
  const settings = [...text.matchAll(/^ {2}(\w+):(\w+): (.*)$/gm)].map(([, space, name, value]) => {
    // A setting of the project goes by the project's own name.
    return [space === "landfall" ? `bench:${name}` : `${space}:${name}`, value ?? ""] as const;
  });
  await made.create(Object.fromEntries(settings));
  return made;
}
