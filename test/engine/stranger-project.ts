import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { attempt, type Outcome } from "../../components/local/machine/command";
import { ensureEngine } from "../../toolchain/engine/engine";
import { noAccess } from "./no-access";

const checkout = path.resolve(__dirname, "../..");

/** What a program on Landfall has beside it: its peers, and what a new Pulumi project brings. */
const companions = [
  "@pulumi/aws",
  "@pulumi/command",
  "@pulumi/policy",
  "@pulumi/pulumi",
  "@pulumi/tls",
  "@types/node",
  "typescript",
];

/** A project of somebody else, far from this checkout, that has installed the packed library by npm. */
export class StrangerProject {
  private constructor(
    readonly folder: string,
    /** The package as it was installed. */
    readonly tarball: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Packs the library and installs it, with the peers in the versions of this checkout. */
  static async make(): Promise<StrangerProject> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall stranger "));
    const project = path.join(folder, "project");
    fs.mkdirSync(path.join(folder, "state"));
    fs.mkdirSync(project);
    const engine = await ensureEngine({ report: () => {}, env: { ...process.env, LANDFALL_SIMULATE: "1" } });
    const env = {
      ...process.env,
      ...noAccess,
      ...engine.env,
      PWD: project,
      PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "stranger",
      LANDFALL_SIMULATE: "1",
      // The types of the program are looked at by tests of their own.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    await succeed(["npm", "pack", "--loglevel=error", "--pack-destination", folder], checkout);
    const [file] = fs.readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const stranger = new StrangerProject(project, path.join(folder, file ?? ""), env);
    stranger.write("package.json", '{ "name": "garden", "private": true }\n');
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
    await stranger.does("npm", "install", ...quiet, stranger.tarball, ...companions.map(installedVersion));
    return stranger;
  }

  write(file: string, text: string): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), "utf8");
  }

  /** Puts a folder first on PATH. */
  addToPath(folder: string): void {
    this.env.PATH = [folder, this.env.PATH].join(path.delimiter);
  }

  /** Runs a program in the project to its end, whatever that is. */
  attempt(...argv: string[]): Promise<Outcome> {
    return attempt(argv, { cwd: this.folder, env: this.env });
  }

  /** Runs a program that has to succeed; gives its standard output. */
  async does(...argv: string[]): Promise<string> {
    return succeed(argv, this.folder, this.env);
  }

  /** Runs commands by bash, as build servers do: the first that fails ends them. Temporary files stay in the project. */
  shell(commands: string, env: NodeJS.ProcessEnv, pathFirst: readonly string[]): Promise<Outcome> {
    const temporary = path.join(this.folder, "temporary");
    fs.mkdirSync(temporary, { recursive: true });
    const { PULUMI_BACKEND_URL: _ours, LANDFALL_SIMULATE: _simulated, ...outer } = this.env;
    const all = { ...outer, TMPDIR: temporary, ...env, PATH: [...pathFirst, outer.PATH].join(path.delimiter) };
    return attempt(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands], {
      cwd: this.folder,
      env: all,
    });
  }

  /** Starts a stack anew, for the project file that is there now. */
  async newStack(name: string): Promise<void> {
    await this.does("pulumi", "stack", "init", name, "--non-interactive");
    await this.does("pulumi", "config", "set", "aws:region", "eu-central-1", "--stack", name, "--non-interactive");
  }

  remove(): void {
    fs.rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }
}

async function succeed(argv: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await attempt(argv, { cwd, env });
  assert.equal(code, 0, `${argv.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

function installedVersion(name: string): string {
  const { version } = require(`${name}/package.json`) as { version: string };
  return `${name}@${version}`;
}
