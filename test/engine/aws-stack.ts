import assert from "node:assert/strict";
import { join } from "node:path";
import { projectRoot } from "../../toolchain/commands/project";
import { AwsProject, changes, Ended, ResourceState, Step } from "./aws-project";

/** How the stack of some tests is made. */
export interface AwsStackArgs {
  /** Its program, in place of that of the stacks. @default that of the stacks, or what a test writes */
  program?: string;
  /** @default test */
  name?: string;
  /** File beside the program in which that finds what it is to make, e.g. `site.json`. @default none */
  file?: string;
  /** What is in the file whatever a test describes. @default nothing */
  usual?: object;
  /** Whose resources count as changes. @default aws */
  providers?: readonly string[];
}

/** A stack in a simulated AWS whose program makes what a test describes. */
export class AwsStack {
  constructor(
    readonly project: AwsProject,
    private readonly args: AwsStackArgs,
  ) {}

  get name(): string {
    return this.args.name ?? "test";
  }

  /** Says what the program is to make. */
  describe(more: object = {}): void {
    this.project.write(`stacks/${this.args.file}`, JSON.stringify({ ...this.args.usual, ...more }));
  }

  up(): Promise<Ended> {
    return this.project.pulumi("up", "--yes", "--skip-preview", "--stack", this.name);
  }

  previewed(): Promise<Step[]> {
    return this.project.previewed(this.name);
  }

  /** What an `up` would do to resources. */
  async changes(): Promise<string[]> {
    return changes(await this.previewed(), this.args.providers);
  }

  /** What another description would change. */
  async changedBy(more: object): Promise<string[]> {
    this.describe(more);
    return await this.changes();
  }

  state(): Promise<ResourceState[]> {
    return this.project.state(this.name);
  }

  /** What is kept of the resources of a type. */
  async recorded(type: string): Promise<ResourceState[]> {
    return (await this.state()).filter((one) => one.type === type);
  }

  async passesPolicies(): Promise<void> {
    const pack = join(projectRoot, "policies");
    const { status, shown } = await this.project.attempt("preview", "--stack", this.name, "--policy-pack", pack);
    assert.equal(status, 0, shown);
    assert.doesNotMatch(shown, /Policy Violations/);
  }

  /** What a preview says that does not end well. */
  async refused(): Promise<string> {
    const { status, shown } = await this.project.attempt("preview", "--stack", this.name);
    assert.notEqual(status, 0);
    return shown;
  }

  /** Destroys it, after which nothing is left. */
  async destroyed(): Promise<void> {
    await this.project.pulumi("destroy", "--yes", "--skip-preview", "--stack", this.name);
    assert.deepEqual(await this.state(), []);
  }
}

/**
 * A copy of this checkout for the tests of a group: made before them, removed after them.
 *
 * @param prepare what is done with it first
 */
export function useAwsProject(prepare: (project: AwsProject) => Promise<unknown> = async () => {}): AwsProject {
  const holder = {} as AwsProject;
  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    Object.setPrototypeOf(holder, await AwsProject.make((line) => console.log(`      ${line}`)));
    await prepare(holder);
  });
  after(() => holder.remove?.());
  return holder;
}

/** A stack of such a copy, in a region. */
export function useAwsStack(args: AwsStackArgs): AwsStack {
  const project = useAwsProject(async () => {
    if (args.program !== undefined) project.write("stacks/index.ts", args.program);
    if (args.file !== undefined) stack.describe();
    await project.initStack(stack.name);
  });
  const stack = new AwsStack(project, args);
  return stack;
}
