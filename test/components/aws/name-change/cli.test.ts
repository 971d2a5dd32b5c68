import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";

const checkout = join(__dirname, "../../../..");

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

function run(event: string, environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const program = "components/aws/name-change/cli.ts";
  const spec = { target: "web.example.net", keptSeconds: 60 };
  const begun = Date.now();
  const child = spawn("node", ["--require", "ts-node/register/transpile-only", program, event], {
    cwd: checkout,
    env: { PATH: process.env.PATH, LANDFALL_SPEC: JSON.stringify(spec), ...environment },
  });
  const ended = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => (ended.stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (ended.stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...ended, code, seconds: (Date.now() - begun) / 1000 }));
  });
}

describe("the program that waits until names are forgotten", function () {
  this.timeout(60_000);

  it("says how long new names are remembered, and waits for nothing", async () => {
    const { code, stdout, stderr } = await run("new");
    assert.deepEqual([code, stdout, stderr], [0, '{"keptSeconds":60}\n', ""]);
  });

  it("waits for as long as the names before are remembered", async () => {
    const { code, stdout, stderr, seconds } = await run("changed", { PULUMI_COMMAND_STDOUT: '{"keptSeconds":3}' });
    assert.deepEqual([code, stdout], [0, '{"keptSeconds":60}\n']);
    assert.match(stderr, /^names lead to web\.example\.net; waiting until .*, 3 s\n$/);
    assert.ok(seconds >= 3, `${seconds} s`);
  });

  it("does not wait in a simulation, and says so", async () => {
    const { stderr } = await run("changed", { LANDFALL_SIMULATE: "1" });
    assert.match(stderr, /^simulation: names lead nowhere, so there was no wait until .*, 300 s\n$/);
  });
});
