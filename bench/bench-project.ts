import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
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
    const options = likeStacks ? stackOptions(checkout) : { typescript: true };
    const runtime = { name: "nodejs", options: { ...options, packagemanager: "npm" } };
    this.#write("Pulumi.yaml", stringify({ name: "bench", runtime, main: "index.ts" }));
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

/** How Node.js starts the stacks of this checkout; their loaders are named from the folder of its program. */
function stackOptions(checkout: string): object {
  const { main, runtime } = parse(readFileSync(join(checkout, "Pulumi.yaml"), "utf8")) as StackProject;
  const folder = resolve(checkout, dirname(main));
  const nodeargs = runtime.options.nodeargs.replaceAll(
    /--require=(\S+)/g,
    (_, file: string) => `--require=${resolve(folder, file)}`,
  );
  return { ...runtime.options, nodeargs };
}

interface StackProject {
  main: string;
  runtime: { options: { nodeargs: string } };
}
