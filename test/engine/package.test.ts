import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as tar from "tar";

import { buildYamlHost } from "../../toolchain/engine/build-yaml-host";
import { cacheRoot } from "../../toolchain/engine/cache";
import { documentedJobs } from "./pipelines";
import { referenceProgram } from "./reference-program";
import { StrangerProject } from "./stranger-project";

const checkout = path.resolve(__dirname, "../..");

/** The programs of docs/package.md: ten lines that put an app on a server, and the same without a programming language. */
const [program, yamlProgram] = ["ts", "yaml"].map((language) => {
  const text = fs.readFileSync(path.join(checkout, "docs/package.md"), "utf8");
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(text)?.[1];
  if (block === undefined) throw new Error(`docs/package.md has no program in ${language}`);
  return block;
}) as [string, string];

const nodeProject = "name: garden\nruntime: nodejs\n";

/** What a security policy has to stop. */
const sshFromAnywhere = `
import * as vpc from "@pulumi/aws/vpc";
new vpc.SecurityGroupIngressRule("admin", {
  securityGroupId: "sg-0123456789abcdef0", ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0",
});
`;

/** Prints the names that `import` or `require` found. */
const names =
  'process.stdout.write(Object.keys(landfall).filter((name) => !["default", "__esModule"].includes(name)).sort().join(" "));';

interface PreviewedStep {
  readonly newState: { type: string; inputs: Record<string, unknown> };
}

describe("the npm package", function () {
  this.timeout(180_000);
  let project: StrangerProject;

  before(async function () {
    // Compiling the library, installing it with the AWS SDK of 200 MB: about a minute on 2 cores.
    this.timeout(15 * 60_000);
    project = await StrangerProject.make();
    project.write("Pulumi.yaml", nodeProject);
    project.write("tsconfig.json", tsconfig("node16"));
    project.write("index.ts", program);
    project.write("api/main.py", "app = None\n");
    await project.newStack("dev");
  });

  after(() => project?.remove());

  beforeEach(() => project.write("index.ts", program));

  const installed = (...parts: string[]): string => path.join(project.folder, "node_modules/landfall", ...parts);

  async function previewed(): Promise<PreviewedStep[]> {
    const stdout = await project.does("pulumi", "preview", "--json", "--non-interactive");
    return (JSON.parse(stdout) as { steps: PreviewedStep[] }).steps;
  }

  it("holds the library, the policies, the plugin and what they read, and nothing else", () => {
    const packed: string[] = [];
    tar.list({
      file: project.tarball,
      sync: true,
      onReadEntry: (entry) => packed.push(entry.path.slice("package/".length)),
    });
    const compiled = ["components", "plugin", "policies"].flatMap((folder) =>
      filesBelow(folder, /\.ts$/).flatMap((file) => [file.replace(/\.ts$/, ".js"), file.replace(/\.ts$/, ".d.ts")]),
    );
    const read = [...filesBelow("components", /\.py$/), "policies/package.json", "schema.json"];
    const atRoot = ["LICENSE", "README.md", "package.json"];
    const entries = [...filesBelow("policies", /\.(js|yaml|json)$/), ...filesBelow("plugin", /\.(yaml|json)$/)];
    const simulation = ["simulation/pulumi-resource-aws"];
    const simulated = packed.filter((file) => file.startsWith("dist/toolchain/providers/"));
    assert.ok(simulated.includes("dist/toolchain/providers/aws/main.js"));
    assert.deepEqual(
      packed.filter((file) => !simulated.includes(file)).sort(),
      [...[...compiled, ...read].map((file) => `dist/${file}`), ...entries, ...simulation, ...atRoot].sort(),
    );
  });

  it("gives the same names to import and to require, the components among them", async () => {
    const imported = await project.does(
      "node",
      "--input-type=module",
      "--eval",
      `import * as landfall from "landfall"; import { Site } from "landfall"; ${names}`,
    );
    const required = await project.does("node", "--eval", `const landfall = require("landfall"); ${names}`);
    assert.equal(imported, required);
    assert.deepEqual(
      ["LocalSite", "Site", "uvicorn"].filter((name) => imported.split(" ").includes(name)),
      ["LocalSite", "Site", "uvicorn"],
    );
  });

  for (const resolution of ["node16", "bundler"]) {
    it(`has types that resolve by ${resolution}, and that refuse what does not exist`, async () => {
      project.write("types/tsconfig.json", tsconfig(resolution, resolution === "node16"));
      project.write(
        "types/index.mts",
        `${program}// @ts-expect-error -- there is no such property\nnew Site("other", { apps: [api], nothing: 1 });\n`,
      );
      await project.does("npx", "--no-install", "tsc", "--noEmit", "-p", "types");
    });
  }

  it("has types that every example of the reference keeps to", async () => {
    project.write("examples/tsconfig.json", tsconfig("node16"));
    project.write("examples/index.ts", referenceProgram(checkout));
    await project.does("npx", "--no-install", "tsc", "--noEmit", "-p", "examples");
  });

  it("previews a ten-line program, whose steps run from the package", async () => {
    const steps = await previewed();
    const types = steps.map(({ newState }) => newState.type);
    assert.equal(types.filter((type) => type === "landfall:index:Site").length, 1);
    assert.equal(types.filter((type) => type === "aws:ec2/instance:Instance").length, 1);
    const programs = steps
      .filter(({ newState }) => newState.type === "command:local:Command")
      .map(({ newState }) => path.resolve(project.folder, (newState.inputs.interpreter as string[])[1] ?? ""));
    const own = ["name-change", "run-command"].map((step) => installed(`dist/components/aws/${step}/cli.js`));
    assert.deepEqual(programs.sort(), own);
    for (const file of own) assert.ok(fs.existsSync(file), file);
  });

  it("previews a local site, whose steps run from the package", async () => {
    project.write("index.ts", program.replaceAll("Site", "LocalSite").replace(".urls", ".sites"));
    const steps = await previewed();
    const interpreters = steps
      .filter(({ newState }) => newState.type === "command:local:Command")
      .map(({ newState }) => newState.inputs.interpreter as string[]);
    assert.ok(interpreters.length > 0);
    for (const interpreter of interpreters) assert.equal(interpreter.at(-1), installed("dist/components/local/cli.js"));
  });

  it("passes its own policies", async () => {
    await project.does("pulumi", "preview", "--policy-pack", "node_modules/landfall/policies", "--non-interactive");
  });

  it("has policies that stop a deployment with a port for administration open to the world", async () => {
    project.write("index.ts", program + sshFromAnywhere);
    const { code, stdout, stderr } = await project.attempt(
      ...["pulumi", "preview", "--policy-pack", "node_modules/landfall/policies", "--non-interactive"],
    );
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /net-no-admin-world/);
  });

  it("has a command that checks a preview's JSON", async () => {
    const preview = ["pulumi", "preview", "--json", "--show-sames", "--non-interactive"];
    project.write("good.json", await project.does(...preview));
    await project.does("npx", "--no-install", "landfall", "check", "good.json");
    project.write("index.ts", program + sshFromAnywhere);
    project.write("bad.json", await project.does(...preview));
    const { code, stdout } = await project.attempt("npx", "--no-install", "landfall", "check", "bad.json");
    assert.equal(code, 2);
    assert.match(stdout, /net-no-admin-world/);
  });

  it("gives the schema of every component", async () => {
    const schema = JSON.parse(
      await project.does("pulumi", "package", "get-schema", "./node_modules/landfall/plugin"),
    ) as {
      name: string;
      version: string;
      resources: Record<string, { isComponent: boolean }>;
    };
    const manifest = JSON.parse(fs.readFileSync(path.join(checkout, "package.json"), "utf8")) as { version: string };
    assert.equal(schema.name, "landfall");
    assert.equal(schema.version, manifest.version);
    assert.deepEqual(Object.keys(schema.resources).sort(), [
      "landfall:index:Cdn",
      "landfall:index:Certificate",
      "landfall:index:DnsRecords",
      "landfall:index:Fleet",
      "landfall:index:HostedZone",
      "landfall:index:LoadBalancer",
      "landfall:index:LocalSite",
      "landfall:index:Network",
      "landfall:index:NetworkLoadBalancer",
      "landfall:index:SecurityGroup",
      "landfall:index:Server",
      "landfall:index:SharedFiles",
      "landfall:index:SharedRedis",
      "landfall:index:Site",
      "landfall:index:Store",
      "landfall:index:WebAcl",
    ]);
  });

  it("gives its components to a program in YAML", async () => {
    const report = (line: string): void => console.log(`      ${line}`);
    project.addToPath(path.dirname(await buildYamlHost(path.join(cacheRoot(), "engine"), process.env, report)));
    project.write("Pulumi.yaml", yamlProgram);
    const steps = await previewed();
    const types = steps.map(({ newState }) => newState.type);
    assert.equal(types.filter((type) => type === "landfall:index:Site").length, 1);
    const object = steps.find(
      ({ newState }) => newState.type === "aws:s3/bucketObjectv2:BucketObjectv2" && newState.inputs.source,
    );
    assert.ok(object, "the app's code, in a folder of the project, was not found");
  });

  it("names every problem of a component in a program in YAML", async () => {
    project.write(
      "Pulumi.yaml",
      yamlProgram.replace("api.example.com", "api_example").replace("name: api", "name: API"),
    );
    const { code, stdout, stderr } = await project.attempt("pulumi", "preview", "--non-interactive");
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /apps\[0\]\.name/);
    assert.match(stdout + stderr, /apps\[0\]\.routes\[0\]\.domain/);
  });

  describe("and the jobs of docs/ci.md", () => {
    const jobs = documentedJobs(path.join(checkout, "docs/ci.md"));

    beforeEach(() => {
      project.write("Pulumi.yaml", nodeProject);
      // Made with the passphrase of the other tests.
      fs.rmSync(path.join(project.folder, "Pulumi.dev.yaml"), { force: true });
    });

    for (const [server, run] of Object.entries(jobs)) {
      it(`passes on ${server}, with the provider of the package`, async () => {
        const { code, stdout, stderr } = await run(project);
        assert.equal(code, 0, stdout + stderr);
        assert.match(
          stdout + stderr,
          /using pulumi-resource-aws from \$PATH at \S*.*node_modules\/landfall\/simulation/,
        );
      });
    }

    it("writes reports that the servers read", () => {
      const sarif = JSON.parse(project.read("landfall.sarif")) as { version: string };
      assert.equal(sarif.version, "2.1.0");
      assert.match(project.read("landfall.xml"), /<testsuites/);
    });

    it("fails on a deployment with a port for administration open to the world, and reports it", async () => {
      project.write("index.ts", program + sshFromAnywhere);
      assert.equal((await jobs.github(project)).code, 2);
      assert.match(project.read("landfall.sarif"), /net-no-admin-world/);
    });
  });
});

/** Files of the checkout below a folder, as paths from the checkout. */
function filesBelow(folder: string, pattern: RegExp): string[] {
  return fs
    .readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .map((file) => path.posix.join(folder, file));
}

function tsconfig(resolution: string, looksIntoLibraries = false): string {
  const module = resolution === "bundler" ? "esnext" : resolution;
  return JSON.stringify({
    compilerOptions: {
      strict: true,
      target: "es2022",
      module,
      moduleResolution: resolution,
      types: ["node"],
      skipLibCheck: !looksIntoLibraries,
    },
  });
}
