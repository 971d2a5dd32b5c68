import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { ensureEngine } from "../../toolchain/engine/engine";
import { type RecordedResource, recordedResources } from "./recorded-state";

/** A program that is run: its folder with Pulumi.yaml, and the stack with its configuration. */
export interface Simulated {
  readonly project: string;
  readonly stack: string;
  /** Text of the stack's configuration file. */
  readonly config: string;
}

const modules = path.resolve(__dirname, "../../node_modules");

/** What an `up` of a program records, in an account that is simulated, with its state in a folder that is removed. */
export async function simulatedUp({ project, stack, config }: Simulated): Promise<RecordedResource[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-simulated-"));
  try {
    const engine = await ensureEngine({ report: () => {}, env: { ...process.env, LANDFALL_SIMULATE: "1" } });
    const state = path.join(folder, "state");
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    fs.mkdirSync(state);
    fs.writeFileSync(file, config);
    const env = {
      ...process.env,
      ...engine.env,
      LANDFALL_SIMULATE: "1",
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    const pulumi = (...args: string[]): Promise<string> =>
      new Promise((resolve, reject) => {
        const more = ["--stack", stack, "--non-interactive"];
        const options = { cwd: project, env, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 } as const;
        execFile("pulumi", [...args, ...more], options, (error, stdout, stderr) =>
          error ? reject(new Error(`pulumi ${args[0]} failed:\n${stdout}${stderr}`)) : resolve(stdout),
        );
      });
    // Where the stack is made Pulumi writes into its configuration, so that is not the project's own.
    await pulumi("stack", "init", "--no-select", "--cwd", projectBeside(folder, project));
    await pulumi("up", "--yes", "--skip-preview", "--config-file", file);
    const resources = recordedResources(await pulumi("stack", "export", "--show-secrets"));
    assert.ok(resources.length > 0, "nothing was recorded");
    return resources;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A project of the same name, without a program. */
function projectBeside(folder: string, project: string): string {
  const [name] = /^name:.*$/m.exec(fs.readFileSync(path.join(project, "Pulumi.yaml"), "utf8")) ?? ["name: simulated"];
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), `${name}\nruntime: nodejs\n`);
  return folder;
}

/** A project around a program that is one file of JavaScript; it is to be removed. */
export function projectOf(program: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-project-"));
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: simulated\nruntime: nodejs\nmain: index.js\n");
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "simulated", main: "index.js" }));
  fs.copyFileSync(program, path.join(folder, "index.js"));
  fs.symlinkSync(modules, path.join(folder, "node_modules"));
  return folder;
}
