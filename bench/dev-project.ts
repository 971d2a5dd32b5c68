import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { BenchProject } from "./bench-project";

export const checkout = resolve(__dirname, "..");
const stacks = join(checkout, "stacks");

/** What every program here begins with, so that none pays for stacks of errors and another does not. */
export const ownFrames = `import ${JSON.stringify(join(stacks, "own-frames"))};`;

/** The program of stack `dev`. */
export const devProgram = `export = require(${JSON.stringify(join(stacks, "index"))});\n`;

/**
 * A project with the name and the configuration of stack `dev`, in an AWS that is simulated.
 *
 * @param more what is configured beside that @default nothing
 */
export async function devProject(program: string, more: Record<string, string> = {}): Promise<BenchProject> {
  const made = new BenchProject(program, { LANDFALL_SIMULATE: "1" }, "dev");
  const { config } = parse(readFileSync(join(stacks, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, string> };
  await made.create({ ...config, ...more });
  return made;
}
