import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../components/local/machine/command";
import { machineUp } from "../components/local/machine/machine";
import { stackId } from "../components/local/machine/names";
import { sweep } from "../components/local/machine/sweep";
import { cleaningUp } from "./cleanup";
import { seconds } from "./figure";

/** `pulumi up` of a program without resources, in a project of its own. */
export class EmptyProject {
  readonly #folder = mkdtempSync(join(tmpdir(), "landfall-empty-"));
  readonly #env: NodeJS.ProcessEnv;

  constructor() {
    const modules = resolve(__dirname, "..", "node_modules");
    const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: true\n    packagemanager: npm\n";
    writeFileSync(join(this.#folder, "Pulumi.yaml"), `name: empty\n${runtime}main: index.ts\n`);
    writeFileSync(
      join(this.#folder, "index.ts"),
      'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n',
    );
    writeFileSync(join(this.#folder, "package.json"), '{ "name": "empty", "version": "0.0.0" }\n');
    this.#env = {
      ...process.env,
      PWD: this.#folder,
      PULUMI_BACKEND_URL: `file://${this.#folder}`,
      PULUMI_CONFIG_PASSPHRASE: "empty",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
    };
    symlinkSync(modules, join(this.#folder, "node_modules"));
  }

  async create(): Promise<void> {
    await this.#pulumi("stack", "init", "empty");
  }

  up(): Promise<number> {
    return seconds(() => this.#pulumi("up", "--yes", "--skip-preview", "--stack", "empty"));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #pulumi(...words: string[]): Promise<void> {
    await run(["pulumi", ...words, "--non-interactive"], { cwd: this.#folder, env: this.#env });
  }
}

/** Boot of a machine without any app, from a warm image. */
export async function bareBoot(debian: number): Promise<number> {
  const id = stackId("bench-bare", String(process.pid));
  return await cleaningUp(
    () => sweep(id),
    () => seconds(() => machineUp({ id, name: "bare", debian })),
  );
}
