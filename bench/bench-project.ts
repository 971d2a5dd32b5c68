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
  readonly #stack: string;

  /**
   * @param program text of its program, in TypeScript
   * @param env what is set beside this process's environment @default nothing
   * @param stack stack of this checkout that it is named and started like @default a stack of any program in TypeScript
   */
  constructor(program: string, env: Record<string, string> = {}, stack?: string) {
    const checkout = resolve(__dirname, "..");
    this.#stack = stack ?? "bench";
    const project = stack === undefined ? anyProject : ownProject(checkout);
    this.#write("Pulumi.yaml", stringify({ ...project, main: "index.ts" }));
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
    await this.pulumi("stack", "init", this.#stack);
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

const anyProject: Project = {
  name: "bench",
  runtime: { name: "nodejs", options: { typescript: true, packagemanager: "npm" } },
};

/** Name and start of this checkout's stacks; what is loaded first is named from the folder of their program. */
function ownProject(checkout: string): Project {
  const { name, main = "", runtime } = parse(readFileSync(join(checkout, "Pulumi.yaml"), "utf8")) as Project;
  const folder = resolve(checkout, dirname(main));
  const loaders = String(runtime.options["nodeargs"]).replaceAll(/(?<=--require=)\S+/g, (file) =>
    resolve(folder, file),
  );
  return { name, runtime: { ...runtime, options: { ...runtime.options, nodeargs: loaders } } };
}

/** What counts here of a Pulumi.yaml. */
interface Project {
  name: string;
  main?: string;
  runtime: { name: string; options: Record<string, unknown> };
}
