import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../toolchain/commands/project";
import { ensureEngine } from "../../toolchain/engine/engine";
import { noAccess } from "./no-access";

/** How a command of Pulumi ended. */
export interface Ended {
  status: number;
  stdout: string;
  /** Both streams, as a user sees them. */
  shown: string;
}

/** What an operation does to one resource. */
export interface Step {
  op: string;
  urn: string;
  replaceReasons?: string[];
  diffReasons?: string[];
  newState?: ResourceState;
}

/** A resource as Pulumi keeps it. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  /** When it was made and changed last. */
  created?: string;
  modified?: string;
  protect?: boolean;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** A copy of this checkout whose stacks are previewed and brought up in a simulated AWS; the state is in its own folder. */
export class AwsProject {
  private constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async make(report: (line: string) => void): Promise<AwsProject> {
    const folder = mkdtempSync(join(tmpdir(), "landfall-aws-"));
    const parts = ["components", "examples", "policies", "stacks", "package.json", "tsconfig.json", "Pulumi.yaml"];
    for (const part of parts) cpSync(join(projectRoot, part), join(folder, part), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "state"));
    const simulated = { ...process.env, LANDFALL_SIMULATE: "1" };
    const engine = await ensureEngine({ report, env: simulated });
    return new AwsProject(folder, {
      ...simulated,
      ...noAccess,
      ...engine.env,
      LANDFALL_CACHE_HOME: join(folder, "cache"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    });
  }

  /** Runs a command of Pulumi to its end, whatever that is. */
  attempt(...args: string[]): Promise<Ended> {
    const options = { cwd: this.folder, env: this.env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
    return new Promise((resolve) => {
      execFile("pulumi", [...args, "--non-interactive", "--color", "never"], options, (error, stdout, stderr) =>
        resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, shown: stdout + stderr }),
      );
    });
  }

  /** Runs a command that has to succeed. */
  async pulumi(...args: string[]): Promise<Ended> {
    const ended = await this.attempt(...args);
    assert.equal(ended.status, 0, `pulumi ${args.join(" ")}:\n${ended.shown}`);
    return ended;
  }

  /** Makes a stack in a region. */
  async initStack(stack: string): Promise<void> {
    await this.pulumi("stack", "init", stack);
    await this.pulumi("config", "set", "aws:region", "eu-central-1", "--stack", stack);
  }

  /** The steps that an `up` of a stack would take. */
  async previewed(stack: string): Promise<Step[]> {
    const { stdout } = await this.pulumi("preview", "--json", "--show-sames", "--stack", stack);
    return (JSON.parse(stdout) as { steps: Step[] }).steps;
  }

  /** What Pulumi keeps of a stack; secrets stay encrypted. */
  async state(stack: string): Promise<ResourceState[]> {
    const { stdout } = await this.pulumi("stack", "export", "--stack", stack);
    return (JSON.parse(stdout) as { deployment: { resources?: ResourceState[] } }).deployment.resources ?? [];
  }

  /** Writes a file of the copy: a program in place of the stacks' (`stacks/index.ts`), or what it reads. */
  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Changes a file of the copy. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `aws:ec2/instance:Instance web-…` of a URN. */
export const shortName = (urn: string): string => urn.split("::").slice(2).join(" ").replace(/^.*\$/, "");

/**
 * The steps that do something, as `op type name`, in order.
 *
 * @param providers whose resources count; components never do
 */
export function changes(steps: readonly Step[], providers: readonly string[] = ["aws"]): string[] {
  const counts = new RegExp(`::(?:.*\\$)?(?:${providers.join("|")}):`);
  return steps
    .filter(({ op, urn }) => op !== "same" && counts.test(urn))
    .map(({ op, urn }) => `${op} ${shortName(urn)}`)
    .sort();
}
