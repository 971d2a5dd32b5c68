import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { ensureEngine } from "../../toolchain/engine/engine";

const modules = path.resolve(__dirname, "../../node_modules");

/** The program of all tests here; the configuration says what it makes. */
const program = `
const { local } = require("@pulumi/command");
const tls = require("@pulumi/tls");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();

const folder = config.require("folder");
const command = new local.Command("command", {
  create: \`echo "\${config.require("text")} \$PASSWORD"\`,
  update: \`echo "\${config.require("text")} after \$PULUMI_COMMAND_STDOUT"\`,
  delete: "touch deleted",
  dir: folder,
  environment: { PASSWORD: config.requireSecret("password") },
  triggers: [config.get("trigger") ?? "first"],
});
if (config.getBoolean("slow")) new local.Command("slow", { create: "echo starting; sleep 300" }, { customTimeouts: { create: "1s" } });

const authorityKey = new tls.PrivateKey("authority", { algorithm: "ECDSA", ecdsaCurve: "P256" });
const authority = new tls.SelfSignedCert("authority", {
  privateKeyPem: authorityKey.privateKeyPem,
  subject: { commonName: "Test authority" },
  isCaCertificate: true,
  validityPeriodHours: 1000,
  allowedUses: ["cert_signing"],
});
const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
const request = new tls.CertRequest("request", { privateKeyPem: key.privateKeyPem, dnsNames: ["a.localhost"] });
const certificate = new tls.LocallySignedCert("certificate", {
  certRequestPem: request.certRequestPem,
  caCertPem: authority.certPem,
  caPrivateKeyPem: authorityKey.privateKeyPem,
  validityPeriodHours: 100,
  earlyRenewalHours: Number(config.get("earlyRenewalHours") ?? 0),
  allowedUses: ["server_auth"],
});

exports.stdout = command.stdout;
exports.authority = authority.certPem;
exports.certificate = certificate.certPem;
exports.publicKey = tls.getPublicKeyOutput({ privateKeyPem: key.privateKeyPem }).publicKeyPem;
exports.sum = local.runOutput({ command: "echo $((40 + 2))" }).stdout;
`;

interface Run {
  readonly status: number;
  readonly output: string;
}

describe("the command and tls providers with the real engine", function () {
  this.timeout(180_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const config = { text: "hello", password: "hunter2hunter2" };

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-providers-"));
    const engine = await ensureEngine({ report: () => {} });
    env = {
      ...process.env,
      ...engine.env,
      PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
    };
    fs.mkdirSync(path.join(folder, "state"));
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), "name: providers\nruntime: nodejs\nmain: index.js\n");
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "providers", main: "index.js" }));
    fs.writeFileSync(path.join(folder, "index.js"), program);
    fs.symlinkSync(modules, path.join(folder, "node_modules"));
    await succeed("stack", "init", "test");
    await set("folder", folder);
    await set("text", config.text);
    await succeed("config", "set", "--secret", "password", config.password);
  });

  after(() => fs.rmSync(folder, { recursive: true }));

  const pulumi = (...args: string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(
        "pulumi",
        [...args, "--non-interactive"],
        { cwd: folder, env, encoding: "utf8" },
        (error, stdout, stderr) => resolve({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });

  async function succeed(...args: string[]): Promise<string> {
    const { status, output } = await pulumi(...args);
    assert.equal(status, 0, output);
    return output;
  }

  const set = (name: string, value: string): Promise<string> => succeed("config", "set", name, value);
  const up = (): Promise<string> => succeed("up", "--yes", "--skip-preview");
  const outputs = async (): Promise<Record<string, string>> =>
    JSON.parse(await succeed("stack", "output", "--json", "--show-secrets")) as Record<string, string>;

  it("previews without making anything", async () => {
    const output = await succeed("preview");
    assert.match(output, /\+ 7 to create/);
    assert.match(output, /sum +: "42"/);
  });

  it("makes everything, shows a command's output as it comes, and no secret", async () => {
    const output = await up();
    assert.match(output, /\+ 7 created/);
    assert.match(output, /command:local:Command command .*hello \[secret\]/);
    assert.ok(!output.includes(config.password));
    const made = await outputs();
    assert.deepEqual([made["stdout"], made["sum"]], ["hello hunter2hunter2", "42"]);
    const [authority, certificate] = [made["authority"], made["certificate"]].map(
      (pem) => new X509Certificate(pem as string),
    );
    assert.ok(authority && certificate);
    assert.ok(certificate.verify(authority.publicKey));
    assert.equal(certificate.publicKey.export({ format: "pem", type: "spki" }), made["publicKey"]);
  });

  it("keeps secrets out of the state", async () => {
    const state = await succeed("stack", "export");
    assert.doesNotMatch(state, /PRIVATE KEY/);
    const { environment } = (
      JSON.parse(state) as { deployment: { resources: { type: string; inputs: Record<string, unknown> }[] } }
    ).deployment.resources.find(({ type }) => type === "command:local:Command")?.inputs as {
      environment: Record<string, object>;
    };
    assert.ok("ciphertext" in (environment["PASSWORD"] ?? environment));
  });

  it("changes nothing when nothing changed, also after a refresh", async () => {
    assert.match(await succeed("refresh", "--yes", "--skip-preview"), /7 unchanged/);
    assert.match(await up(), /7 unchanged/);
  });

  it("updates a command in place on a changed input, and replaces it on a changed trigger", async () => {
    await set("text", "changed");
    assert.match(await up(), /~ 1 updated\s+6 unchanged/);
    assert.equal((await outputs())["stdout"], "changed after hello hunter2hunter2");
    await set("trigger", "second");
    assert.match(await up(), /\+-1 replaced\s+6 unchanged/);
    assert.equal((await outputs())["stdout"], "changed hunter2hunter2");
    assert.ok(fs.existsSync(path.join(folder, "deleted")));
  });

  it("renews a certificate when its time has come", async () => {
    const before = (await outputs())["certificate"];
    await set("earlyRenewalHours", "50");
    assert.match(await up(), /~ 1 updated\s+6 unchanged/);
    assert.equal((await outputs())["certificate"], before);
    await set("earlyRenewalHours", "100");
    assert.match(await succeed("preview"), /LocallySignedCert certificate replace .*readyForRenewal/);
    await up();
    assert.notEqual((await outputs())["certificate"], before);
    await set("earlyRenewalHours", "0");
  });

  it("ends a command at its custom timeout, and says so", async () => {
    await set("slow", "true");
    const { status, output } = await pulumi("up", "--yes", "--skip-preview");
    assert.notEqual(status, 0);
    assert.match(
      output,
      /stopped after 1 s, which is the resource's custom timeout: running "echo starting; sleep 300":\s+starting/,
    );
  });

  it("ends a command when the user interrupts, with all that it started", async () => {
    await set("slow", "false");
    await set("trigger", "third");
    const pidFile = path.join(folder, "pid");
    await set("text", `$(sleep 300 >/dev/null & echo $! > ${pidFile}; wait)`);
    const running = execFile("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], { cwd: folder, env });
    const ended = new Promise<number | null>((resolve) => running.on("exit", resolve));
    while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, "utf8") === "") {
      assert.equal(running.exitCode, null, "the update ended before its command was interrupted");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    running.kill("SIGINT");
    assert.notEqual(await ended, 0);
    const stat = `/proc/${fs.readFileSync(pidFile, "utf8").trim()}/stat`;
    assert.match(fs.existsSync(stat) ? fs.readFileSync(stat, "utf8") : "gone Z", /\b[ZX]\b/);
  });

  it("deletes everything", async () => {
    assert.match(await succeed("destroy", "--yes", "--skip-preview"), /- 7 deleted/);
  });
});
