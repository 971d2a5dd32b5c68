import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../components/local/machine/command";
import { seconds } from "./figure";

/** A Pulumi project of its own, in a temporary folder, with the modules of this checkout. */
export class BenchProject {
  readonly #folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param program text of its program, in TypeScript
   * @param env what is set beside this process's environment @default nothing
   * @param likeStacks start it as the stacks of this checkout start, rather than as any program in TypeScript
   */
  constructor(program: string, env: Record<string, string> = {}, likeStacks = false) {
    const checkout = resolve(__dirname, "..");
    const loaders = ["policies/unused-modules.js", "components/from-sources.cjs"];
    const nodeargs = loaders.map((file) => `--require=${join(checkout, file)}`).join(" ");
    const start = likeStacks ? `typescript: false\n    nodeargs: ${nodeargs}` : "typescript: true";
    const runtime = `runtime:\n  name: nodejs\n  options:\n    ${start}\n    packagemanager: npm\n`;
    this.#write("Pulumi.yaml", `name: bench\n${runtime}main: index.ts\n`);
    this.#write("index.ts", program);
    this.#write("package.json", '{ "name": "bench", "version": "0.0.0" }\n');
    this.#write(
      "tsconfig.json",
      JSON.stringify({ extends: join(checkout, "tsconfig.json"), "ts-node": { swc: true } }),
    );
    mkdirSync(join(this.#folder, "state"));
    symlinkSync(join(checkout, "node_modules"), join(this.#folder, "node_modules"));
    this.#env = {
      ...process.env,
      PWD: this.#folder,
      PULUMI_BACKEND_URL: `file://${join(this.#folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      ...env,
    };
  }

  /** Makes the stack, with its configuration. */
  async create(config: Record<string, string> = {}): Promise<void> {
    await this.pulumi("stack", "init", "bench");
    for (const [name, value] of Object.entries(config)) await this.pulumi("config", "set", name, value);
  }

  /** Runs the CLI in the project and gives what it printed. */
  async pulumi(...words: string[]): Promise<string> {
    return await run(["pulumi", ...words, "--non-interactive"], { cwd: this.#folder, env: this.#env });
  }

  /** Seconds that a command of the CLI takes. */
  time(...words: string[]): Promise<number> {
    return seconds(() => this.pulumi(...words));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}
