import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { workspaceEnv } from "../../../toolchain/engine/state";
import { temporaryFolder } from "./temporary-folder";

describe("workspaceEnv", () => {
  const root = temporaryFolder();
  const mode = (...parts: string[]): string => (fs.statSync(path.join(root(), ...parts)).mode & 0o777).toString(8);

  it("keeps state and passphrase in the checkout", () => {
    assert.deepEqual(workspaceEnv(root(), {}), {
      PULUMI_BACKEND_URL: `file://${root()}/.landfall/state`,
      PULUMI_CONFIG_PASSPHRASE_FILE: `${root()}/.landfall/passphrase`,
    });
    assert.ok(fs.statSync(path.join(root(), ".landfall", "state")).isDirectory());
  });

  it("lets only the owner read them", () => {
    workspaceEnv(root(), {});
    assert.equal(mode(".landfall"), "700");
    assert.equal(mode(".landfall", "state"), "700");
    assert.equal(mode(".landfall", "passphrase"), "600");
  });

  it("makes the passphrase once, another one for each checkout", () => {
    const read = (folder: string): string => {
      workspaceEnv(folder, {});
      return fs.readFileSync(path.join(folder, ".landfall", "passphrase"), "utf8");
    };
    const other = path.join(root(), "other");
    assert.equal(read(root()), read(root()));
    assert.notEqual(read(root()), read(other));
    assert.ok(read(root()).length >= 40);
  });

  it("leaves everything to a user with a backend of their own", () => {
    assert.deepEqual(workspaceEnv(root(), { PULUMI_BACKEND_URL: "s3://ours" }), {});
  });

  it("leaves the passphrase to a user who set one, an empty one too", () => {
    for (const set of [{ PULUMI_CONFIG_PASSPHRASE: "" }, { PULUMI_CONFIG_PASSPHRASE_FILE: "/etc/secret" }]) {
      assert.deepEqual(Object.keys(workspaceEnv(root(), set)), ["PULUMI_BACKEND_URL"]);
    }
  });

  it("gives the same again in an environment that has it", () => {
    const first = workspaceEnv(root(), {});
    const { PULUMI_BACKEND_URL } = first;
    assert.deepEqual(workspaceEnv(root(), { PULUMI_BACKEND_URL }), first);
  });
});
