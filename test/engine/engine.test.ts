import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { ensureEngine } from "../../toolchain/engine/engine";
import { workspaceEnv } from "../../toolchain/engine/state";

const checkout = path.resolve(__dirname, "../..");

interface Ended {
  readonly code: number;
  /** Both streams, as a user sees them. */
  readonly shown: string;
  readonly stdout: string;
}

/** A Pulumi project in a folder of its own (with a space in its name), whose state is in that folder, too. */
class Project {
  constructor(
    readonly root: string,
    private readonly engine: Record<string, string>,
  ) {
    fs.symlinkSync(path.join(checkout, "node_modules"), path.join(root, "node_modules"));
    this.write("package.json", '{ "name": "demo", "main": "index.ts" }');
    this.write("Pulumi.yaml", "name: demo\nruntime: nodejs\n");
  }

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    fs.writeFileSync(path.join(this.root, file), text);
  }

  pulumi(...args: string[]): Promise<Ended> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.root,
      env: { ...process.env, ...this.engine, ...workspaceEnv(this.root, {}), PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let shown = "";
    let stdout = "";
    child.stdout.on("data", (data: Buffer) => ((shown += data.toString()), (stdout += data.toString())));
    child.stderr.on("data", (data: Buffer) => (shown += data.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code: code ?? -1, shown, stdout }));
    });
  }

  /** Runs a command that has to succeed. */
  async does(...args: string[]): Promise<Ended> {
    const ended = await this.pulumi(...args);
    assert.equal(ended.code, 0, `pulumi ${args.join(" ")} ended with ${ended.code}:\n${ended.shown}`);
    return ended;
  }
}

describe("the engine", function () {
  this.timeout(60_000);
  let project: Project;
  let engine: Record<string, string>;

  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    engine = (await ensureEngine({ report: (line) => console.log(`      ${line}`) })).env;
  });

  beforeEach(async () => {
    project = new Project(fs.mkdtempSync(path.join(os.tmpdir(), "landfall engine ")), engine);
    await project.does("stack", "init", `test-${process.pid}`);
  });

  afterEach(() => {
    fs.rmSync(project.root, { recursive: true, force: true });
  });

  it("brings up, previews and destroys a program without resources", async () => {
    project.write(
      "index.ts",
      'import * as pulumi from "@pulumi/pulumi";\nexport const dryRun: boolean = pulumi.runtime.isDryRun();',
    );
    const started = Date.now();
    const up = await project.does("up", "--yes", "--skip-preview");
    console.log(`      up of an empty program: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    assert.match(up.shown, /\+ 1 created/);
    assert.deepEqual(JSON.parse((await project.does("stack", "output", "--json")).stdout), { dryRun: false });

    const preview = await project.does("preview", "--diff");
    assert.match(preview.shown, /dryRun: false => true/);
    assert.match((await project.does("destroy", "--yes", "--skip-preview")).shown, /- 1 deleted/);
  });

  it("warns of nothing", async () => {
    project.write("index.ts", "export const a = 1;");
    assert.doesNotMatch((await project.does("up", "--yes")).shown, /warn|error/i);
    assert.doesNotMatch((await project.does("refresh", "--yes")).shown, /warn|error/i);
  });

  it("shows what a program prints, and how it fails", async () => {
    project.write("index.ts", 'console.log("on its way");\nthrow new Error("the disk is full");');
    const { code, shown } = await project.pulumi("preview");
    assert.notEqual(code, 0);
    assert.match(shown, /on its way/);
    assert.match(shown, /the disk is full/);
    assert.match(shown, /index\.ts:2/);
    // The user has seen it: the host must not report it again.
    assert.doesNotMatch(shown, /exit code/);
  });

  it("lists the problems of a component's inputs with their paths", async () => {
    project.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       throw new pulumi.InputPropertiesError({ message: "demo has 2 problems", errors: [
         { propertyPath: "apps[0].port", reason: "70000 is no port" },
         { propertyPath: "apps[1].name", reason: "Demo is taken" } ] });`,
    );
    const { code, shown } = await project.pulumi("preview");
    assert.notEqual(code, 0);
    assert.match(shown, /demo has 2 problems/);
    assert.match(shown, /70000 is no port/);
    assert.match(shown, /Demo is taken/);
  });

  it("shows errors of TypeScript's syntax with their place", async () => {
    project.write("index.ts", "export const a = ;");
    const { code, shown } = await project.pulumi("preview");
    assert.notEqual(code, 0);
    assert.match(shown, /index\.ts.*Expression expected/s);
  });

  it("keeps a secret of the configuration secret, in the output and in the state", async () => {
    project.write(
      "index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       export const password = new pulumi.Config().requireSecret("password");
       export const length = pulumi.unsecret(password.apply((text) => text.length));`,
    );
    await project.does("config", "set", "--secret", "password", "hunter2-hunter2");
    const up = await project.does("up", "--yes");
    assert.doesNotMatch(up.shown, /hunter2/);
    assert.deepEqual(JSON.parse((await project.does("stack", "output", "--json")).stdout), {
      length: 15,
      password: "[secret]",
    });
    assert.equal(
      (await project.does("stack", "output", "password", "--show-secrets")).stdout.trim(),
      "hunter2-hunter2",
    );
    for (const file of fs.readdirSync(project.root, { recursive: true, encoding: "utf8" })) {
      const place = path.join(project.root, file);
      if (!file.startsWith("node_modules") && fs.statSync(place).isFile()) {
        assert.doesNotMatch(fs.readFileSync(place, "utf8"), /hunter2/, `${file} holds the secret`);
      }
    }
  });

  it("runs a program in a subfolder whose package has another main file", async () => {
    project.write("Pulumi.yaml", "name: demo\nruntime: nodejs\nmain: stacks/index.ts\n");
    project.write("package.json", '{ "name": "library", "main": "library.js" }');
    project.write("library.js", 'throw new Error("the library is no program");');
    project.write("stacks/index.ts", 'export const from = "stacks";');
    await project.does("up", "--yes", "--skip-preview");
    assert.deepEqual(JSON.parse((await project.does("stack", "output", "--json")).stdout), { from: "stacks" });
  });

  it("lets a policy pack stop what it does not allow", async () => {
    project.write(
      "index.ts",
      'import { ComponentResource } from "@pulumi/pulumi";\nnew ComponentResource("demo:a:B", "bad");',
    );
    project.write("pack/PulumiPolicy.yaml", "runtime: nodejs\n");
    project.write("pack/package.json", '{ "name": "pack", "version": "0.0.1" }');
    fs.copyFileSync(path.join(__dirname, "policy-pack.js"), path.join(project.root, "pack", "index.js"));
    const refused = await project.pulumi("preview", "--policy-pack", "pack");
    assert.notEqual(refused.code, 0);
    assert.match(refused.shown, /no-bad-names/);
    assert.match(refused.shown, /bad is no good name/);

    project.write(
      "index.ts",
      'import { ComponentResource } from "@pulumi/pulumi";\nnew ComponentResource("demo:a:B", "good");',
    );
    assert.doesNotMatch((await project.does("preview", "--policy-pack", "pack")).shown, /no-bad-names/);
  });

  it("gives the schema of a component in a plugin's folder", async () => {
    project.write("plugin/PulumiPlugin.yaml", "runtime: nodejs\n");
    project.write("plugin/package.json", '{ "name": "shapes", "version": "1.2.3", "main": "index.ts" }');
    project.write(
      "plugin/index.ts",
      `import * as pulumi from "@pulumi/pulumi";
       export interface SquareArgs { side: pulumi.Input<number>; }
       export class Square extends pulumi.ComponentResource {
         public readonly area: pulumi.Output<number>;
         constructor(name: string, args: SquareArgs, opts?: pulumi.ComponentResourceOptions) {
           super("shapes:index:Square", name, args, opts);
           this.area = pulumi.output(args.side).apply((side) => side * side);
           this.registerOutputs({ area: this.area });
         }
       }`,
    );
    const schema = JSON.parse((await project.does("package", "get-schema", "./plugin")).stdout) as {
      name: string;
      resources: Record<string, { requiredInputs: string[]; properties: object }>;
    };
    const square = schema.resources["shapes:index:Square"];
    assert.equal(schema.name, "shapes");
    assert.deepEqual(square?.requiredInputs, ["side"]);
    assert.deepEqual(square?.properties, { area: { type: "number" } });
  });

  it("can be interrupted, and leaves no process behind", async () => {
    project.write("index.ts", "export = async () => { await new Promise((done) => setTimeout(done, 60_000)); };");
    const marker = path.join(project.root, "index.ts");
    const operation = spawn("pulumi", ["preview", "--non-interactive"], {
      cwd: project.root,
      env: { ...process.env, ...engine, ...workspaceEnv(project.root, {}), PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => operation.once("close", resolve));
    while (programs(project.root).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    operation.kill("SIGINT");
    await ended;
    assert.deepEqual(programs(project.root), [], `a program of ${marker} still runs`);
  });
});

/** The processes that work in a folder. */
function programs(folder: string): string[] {
  return fs
    .readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const cwd = fs.readlinkSync(`/proc/${pid}/cwd`);
        return cwd.startsWith(folder) && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("cmd/run");
      } catch {
        return false;
      }
    });
}
