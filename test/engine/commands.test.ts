import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectRoot } from "../../toolchain/commands/project";

/** A stack with outputs like the local one's, which needs no machines. It waits where a file `wait` is. */
const program = `
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
export = async (): Promise<object> => {
  pulumi.log.info("program runs");
  while (existsSync("../wait")) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    id: "0badc0de",
    machines: [{ name: "web", address: "10.64.0.2" }],
    sites: [],
    caCertificate: "-----BEGIN CERTIFICATE-----\\n",
    ports: [new pulumi.Config().requireNumber("httpPort"), new pulumi.Config().requireNumber("httpsPort")],
  };
};
`;

describe("commands in a checkout", function () {
  this.timeout(60_000);
  let checkout: string;

  before(() => {
    checkout = mkdtempSync(join(tmpdir(), "landfall-checkout-"));
    const files = ["Pulumi.yaml", "package.json", "package-lock.json", "tsconfig.json"];
    const parts = ["components", "policies", "toolchain", ...files];
    for (const part of parts) cpSync(join(projectRoot, part), join(checkout, part), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules"), join(checkout, "node_modules"));
    mkdirSync(join(checkout, "stacks"));
    writeFileSync(join(checkout, "stacks", "index.ts"), program);
  });
  afterEach(() => {
    for (const trace of ["wait", ".landfall", "stacks/Pulumi.local.yaml"]) {
      rmSync(join(checkout, trace), { recursive: true, force: true });
    }
  });
  after(() => rmSync(checkout, { recursive: true }));

  /** A user's environment: no Pulumi settings, and machines of nobody else. */
  const environment = (): NodeJS.ProcessEnv => {
    const env = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
    return { ...Object.fromEntries(env), LANDFALL_STATE_HOME: join(checkout, "machines") };
  };
  const landfall = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(checkout, "toolchain", "run.mjs"), ...words], {
      encoding: "utf8",
      env: environment(),
      cwd: tmpdir(),
    });
  /** What somebody types who has said `eval "$(npm run --silent env)"`. */
  const shell = (script: string): string =>
    execFileSync("/bin/sh", ["-c", `eval "$(node toolchain/run.mjs env)" && ${script}`], {
      encoding: "utf8",
      env: environment(),
      cwd: checkout,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const passphrase = (): string => readFileSync(join(checkout, ".landfall", "passphrase"), "utf8");
  const stateFiles = (): string[] => {
    const folder = join(checkout, ".landfall", "state");
    return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  };

  it("lets the plain Pulumi CLI work after eval, as its users expect", () => {
    const output = shell(
      "pulumi up --yes --stack local --non-interactive >up.log && pulumi stack output ports && " +
        "pulumi destroy --yes --non-interactive >destroy.log && pulumi stack ls --json",
    );
    const [ports, ...stacks] = output.split("\n");
    assert.equal(ports, "[8080,8443]", "the settings of Pulumi.yaml");
    const [stack] = JSON.parse(stacks.join("\n")) as { name: string; resourceCount: number; current: boolean }[];
    assert.equal(stack?.name, "local");
    assert.equal(stack?.current, true);
    assert.equal(stack?.resourceCount, 0);
  });

  it("never prints the passphrase, and keeps it where only its owner reads it", () => {
    const printed = [landfall("env"), landfall("status", "--json"), landfall("down")];
    const all = printed.map(({ stdout, stderr }) => stdout + stderr).join("\n");
    assert.match(all, /PULUMI_CONFIG_PASSPHRASE_FILE=/);
    assert.ok(passphrase().length >= 32);
    assert.ok(!all.includes(passphrase()));
    assert.equal(statSync(join(checkout, ".landfall", "passphrase")).mode & 0o077, 0);
    assert.equal(statSync(join(checkout, ".landfall")).mode & 0o077, 0);
  });

  it("prints nothing but exports on standard output for eval", () => {
    const { stdout, status } = landfall("env");
    assert.equal(status, 0);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .filter((line) => !/^export [A-Z_]+=('.*'|[^' ]+)$/.test(line)),
      [],
    );
  });

  it("says that nothing runs, in empty lists", () => {
    const { status, stdout } = landfall("status", "--json");
    assert.equal(status, 0);
    const { engine, ...rest } = JSON.parse(stdout) as { engine: { kind: string; version: string } };
    assert.match(engine.version, /^\d+\.\d+\.\d+/);
    assert.match(engine.kind, /^(path|npm|built)$/);
    assert.deepEqual(rest, { stack: "local", machines: [], sites: [], caFile: join(checkout, ".landfall", "ca.pem") });
  });

  it("reads status from the stack, sees a machine that is gone, and writes the authority's certificate", () => {
    shell("pulumi up --yes --stack local --non-interactive");
    const { stdout } = landfall("status", "--json");
    const { machines, caFile } = JSON.parse(stdout) as { machines: object[]; caFile: string };
    assert.deepEqual(machines, [{ name: "web", address: "10.64.0.2", state: "missing" }]);
    assert.equal(readFileSync(caFile, "utf8"), "-----BEGIN CERTIFICATE-----\n");
    const down = landfall("down");
    assert.match(down.stdout, /^Removed:\n {2}stack local\n/);
    assert.equal(existsSync(caFile), false);
    assert.deepEqual(stateFiles(), []);
    assert.deepEqual(readdirSync(join(checkout, "stacks")), ["index.ts"]);
  });

  it("previews a stack, and lists the choices for one that there is not", () => {
    const preview = landfall("preview", "--stack", "local");
    assert.equal(preview.status, 0, preview.stderr);
    assert.match(preview.stdout, /landfall-local.*create/);
    const unknown = landfall("preview", "--stack", "nowhere");
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /'nowhere'; choose one of: local/);
  });

  it("does not touch a configuration file that is in git for a preview", () => {
    const file = join(checkout, "stacks", "Pulumi.trial.yaml");
    const text = "# of everybody\nconfig:\n  landfall:httpPort: 80\n";
    writeFileSync(file, text);
    try {
      const preview = landfall("preview", "--stack", "trial");
      assert.equal(preview.status, 0, preview.stderr);
      assert.match(preview.stdout, /\[0\]: 80\b/);
      assert.equal(readFileSync(file, "utf8"), text);
    } finally {
      rmSync(file);
    }
  });

  it("takes everything down where the state is broken", () => {
    shell("pulumi up --yes --stack local --non-interactive");
    writeFileSync(join(checkout, ".landfall/state/.pulumi/stacks/landfall/local.json"), '{"version": 3, "check');
    const down = landfall("down");
    assert.equal(down.status, 0, down.stderr);
    assert.match(down.stderr, /state is of no use/);
    assert.ok(!stateFiles().some((file) => file.includes("local")));
  });

  it("does nothing, twice, where nothing is", () => {
    landfall("down");
    const again = landfall("down");
    assert.equal(again.status, 0);
    assert.equal(again.stdout, "Nothing to remove.\n");
  });

  it("refuses to take down what another process is still making, and takes it down when that was killed", async () => {
    writeFileSync(join(checkout, "wait"), "");
    const up = spawn(
      "/bin/sh",
      ["-c", 'eval "$(node toolchain/run.mjs env)" && exec pulumi up --yes --skip-preview --non-interactive'],
      {
        cwd: checkout,
        env: environment(),
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ended = new Promise((resolve) => up.once("close", resolve));
    try {
      await line(up, /program runs/);
      const refused = landfall("down");
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, new RegExp(`an update of stack local is running \\(process ${up.pid}\\)`));
    } finally {
      up.kill("SIGKILL");
      rmSync(join(checkout, "wait"));
      await ended;
    }
    assert.ok(
      stateFiles().some((file) => file.includes("locks")),
      "a killed update leaves its lock behind",
    );
    const down = landfall("down");
    assert.equal(down.status, 0, down.stderr);
    assert.match(down.stdout, /stack local/);
    assert.deepEqual(stateFiles(), []);
  });
});

/** Waits until a program has printed a line. */
async function line(child: ChildProcess, pattern: RegExp): Promise<void> {
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  while (!pattern.test(output)) {
    assert.equal(child.exitCode, null, `ended before it printed ${String(pattern)}: ${output}`);
    await wait(20);
  }
}
