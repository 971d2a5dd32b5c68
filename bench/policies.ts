import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareProgram } from "./bare-program";
import { BenchProject } from "./bench-project";
import { cleaningUp } from "./cleanup";
import { checkout, devProgram, devProject } from "./dev-project";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";

const pack = join(checkout, "policies");
const hosts = 100;

/** What the rules read of a host and of its surroundings: ten resources or so. */
const read =
  /^aws:(?:ec2\/(?:instance|securityGroup|eip|eipAssociation)|vpc\/securityGroupIngressRule|s3\/bucketObjectv2|ebs\/volume|route53\/)/;

/** How soon the policy pack is there, and what it adds to a preview of 100 hosts. */
export async function policies(report: (line: string) => void): Promise<Figure[]> {
  const removals: (() => void)[] = [];
  const made = (project: BenchProject): BenchProject => {
    removals.push(() => project.remove());
    return project;
  };
  const remove = (): void => removals.forEach((one) => one());
  return await cleaningUp(remove, async () => {
    const dev = made(await devProject(devProgram));
    const preview = await dev.pulumi("preview", "--json", "--show-sames");
    const many = made(await devProject(bareProgram(preview, { copies: hosts, includes: (type) => read.test(type) })));
    const empty = emptyPack();
    removals.push(() => rmSync(empty, { recursive: true, force: true }));
    const { start } = await interleaved(7, { start: () => seconds(packStart) }, report);
    const measured = await interleaved(
      3,
      {
        "with the pack": () => many.time("preview", "--policy-pack", pack),
        "with an empty pack": () => many.time("preview", "--policy-pack", empty),
        without: () => many.time("preview"),
      },
      report,
    );
    return [
      figure("start of the policy pack", start, "s", Bound.AtMost, 0.7),
      figure(
        `preview of ${hosts} hosts' plans with the pack, to one without`,
        measured["with the pack"] / measured.without,
        "x",
        Bound.AtMost,
        1.05,
      ),
      // Pulumi shows each resource to each pack in two calls, which takes as long for a pack that looks at nothing.
      figure(
        "  to one with an empty pack",
        measured["with the pack"] / measured["with an empty pack"],
        "x",
        Bound.AtMost,
        1.05,
      ),
    ];
  });
}

/** A pack that passes everything, started in the same way. */
function emptyPack(): string {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-pack-"));
  for (const file of ["PulumiPolicy.yaml", "unused-modules.js"]) copyFileSync(join(pack, file), join(folder, file));
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "version": "0.0.0", "main": "index.js" }\n');
  const policy = '{ name: "nothing", description: "Nothing", enforcementLevel: "mandatory", validateStack() {} }';
  writeFileSync(
    join(folder, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [${policy}] });\n`,
  );
  return folder;
}

/** Starts the pack as the engine's language host does, until it says where it listens. */
function packStart(): Promise<void> {
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--require=./unused-modules.js", runner, "127.0.0.1:1", pack], {
      cwd: pack,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once("data", () => {
      child.removeAllListeners("close");
      child.once("close", () => resolve());
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`the pack ended with ${code}: ${said.trim()}`)));
  });
}
