import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  forgetStack,
  hasState,
  holderOfLock,
  recordedOutputs,
  stateTraces,
} from "../../../toolchain/commands/stack-state";

describe("state of a stack in a checkout", () => {
  let folder: string;
  const put = (file: string, text = "{}"): string => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const config = (): string => join(folder, "Pulumi.local.yaml");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-state-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is none in a fresh checkout", () => {
    assert.deepEqual(stateTraces(folder, "local"), []);
    assert.equal(holderOfLock(folder, "local"), undefined);
    assert.deepEqual(forgetStack(folder, "local", config()), []);
  });

  it("is its state, backups, history and locks, not those of other stacks", () => {
    const own = [
      put("state/.pulumi/stacks/landfall/local.json", "broken {"),
      put("state/.pulumi/stacks/landfall/local.json.bak"),
      put("state/.pulumi/history/landfall/local/local-1.history.json"),
      put("state/.pulumi/locks/organization/landfall/local/1.json"),
    ];
    put("state/.pulumi/stacks/landfall/dev.json");
    put("state/.pulumi/stacks/landfall/localhost.json");
    assert.deepEqual(stateTraces(folder, "local").sort(), own.sort());
    assert.deepEqual(forgetStack(folder, "local", config()), ["state of stack local (4 files)"]);
    assert.ok(existsSync(join(folder, "state/.pulumi/stacks/landfall/dev.json")));
    assert.ok(existsSync(join(folder, "state/.pulumi/stacks/landfall/localhost.json")));
  });

  it("tells the stack's outputs", () => {
    const stack = { type: "pulumi:pulumi:Stack", outputs: { id: "0123abcd", sites: [] } };
    const latest = { resources: [stack, { type: "landfall:index:LocalSite", outputs: { id: "other" } }] };
    put("state/.pulumi/stacks/landfall/local.json", JSON.stringify({ version: 3, checkpoint: { latest } }));
    assert.deepEqual(recordedOutputs(folder, "landfall", "local"), { id: "0123abcd", sites: [] });
    assert.equal(recordedOutputs(folder, "landfall", "dev"), undefined);
  });

  it("tells none of a stack that nothing was made of yet", () => {
    put("state/.pulumi/stacks/landfall/local.json", JSON.stringify({ version: 3, checkpoint: { stack: "local" } }));
    assert.deepEqual(recordedOutputs(folder, "landfall", "local"), {});
  });

  it("leaves a state that it cannot read to Pulumi", () => {
    const file = "state/.pulumi/stacks/landfall/local.json";
    for (const text of ["broken {", JSON.stringify({ version: 4, checkpoint: {} })]) {
      put(file, text);
      assert.equal(recordedOutputs(folder, "landfall", "local"), undefined, text);
      assert.equal(hasState(folder, "landfall", "local"), true, text);
    }
  });

  it("knows a stack whose state is compressed", () => {
    assert.equal(hasState(folder, "landfall", "local"), false);
    put("state/.pulumi/stacks/landfall/local.json.gz");
    assert.equal(hasState(folder, "landfall", "local"), true);
  });

  it("leaves no folder behind when the last stack goes, and keeps the passphrase", () => {
    put("state/.pulumi/stacks/landfall/local.json");
    put("state/.pulumi/meta.yaml");
    put("passphrase", "secret");
    forgetStack(folder, "local", config());
    assert.equal(existsSync(join(folder, "state")), false);
    assert.ok(existsSync(join(folder, "passphrase")));
  });

  it("takes the salt out of the configuration file, and the file when nothing else is in it", () => {
    writeFileSync(config(), "encryptionsalt: v1:abc\n");
    forgetStack(folder, "local", config());
    assert.equal(existsSync(config()), false);

    writeFileSync(config(), "encryptionsalt: v1:abc\nconfig:\n  landfall:httpsPort: 9443\n");
    forgetStack(folder, "local", config());
    assert.equal(readFileSync(config(), "utf8"), "config:\n  landfall:httpsPort: 9443\n");
  });

  it("keeps the salt that a secret in the configuration needs", () => {
    const text = "encryptionsalt: v1:abc\nconfig:\n  landfall:token:\n    secure: v1:xyz\n";
    writeFileSync(config(), text);
    forgetStack(folder, "local", config());
    assert.equal(readFileSync(config(), "utf8"), text);
  });

  it("does not count a lock as held by a process that is gone, no pulumi, or elsewhere", () => {
    const lock = (pid: number, host = hostname()): string =>
      put("state/.pulumi/locks/organization/landfall/local/1.json", JSON.stringify({ pid, hostname: host }));
    lock(2 ** 22 + 1);
    assert.equal(holderOfLock(folder, "local"), undefined);
    lock(process.pid);
    assert.equal(holderOfLock(folder, "local"), undefined);
    lock(process.pid, "elsewhere");
    assert.equal(holderOfLock(folder, "local"), undefined);
    put("state/.pulumi/locks/organization/landfall/local/1.json", "cut o");
    assert.equal(holderOfLock(folder, "local"), undefined);
  });
});
