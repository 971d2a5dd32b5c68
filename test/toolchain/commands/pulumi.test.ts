import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstError, Pulumi } from "../../../toolchain/commands/pulumi";

describe("Pulumi", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-pulumi-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The CLI, played by a shell script. */
  const played = (script: string): Pulumi => {
    const file = join(folder, "pulumi");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return new Pulumi(folder, { PATH: `${folder}:/usr/bin:/bin` });
  };

  it("knows stacks by their short names", async () => {
    const pulumi = played(`echo '[{"name":"local"},{"name":"organization/landfall/dev"}]'`);
    assert.deepEqual(await pulumi.stacks(), ["local", "dev"]);
  });

  it("fails with the CLI's own words", async () => {
    const pulumi = played(`echo "error: no stack named 'x' found" >&2; exit 255`);
    await assert.rejects(pulumi.outputs("x"), { message: "pulumi stack output failed: no stack named 'x' found" });
  });

  it("gives an operation's lines as they come", async () => {
    const pulumi = played(`echo "Updating (local):"; echo; echo " +  created"; printf "last"`);
    const lines: string[] = [];
    const result = await pulumi.operate(["up"], (line) => lines.push(line));
    assert.deepEqual(lines, ["Updating (local):", "", " +  created", "last"]);
    assert.deepEqual(result, { code: 0, reason: "", interrupted: false });
  });

  it("says why an operation failed", async () => {
    const pulumi = played(
      `echo "Diagnostics:"; echo "    error: update failed"; echo "    error: app 'x' does not answer"; exit 255`,
    );
    const result = await pulumi.operate(["up"], () => undefined);
    assert.deepEqual(result, { code: 255, reason: "app 'x' does not answer", interrupted: false });
  });

  it("passes an interrupt on once, however often it arrives, and waits for the end", async () => {
    const pulumi = played(
      [
        "count=0",
        `trap 'count=$((count + 1)); echo "^C received; cancelling."' INT`,
        "echo started",
        "for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done",
        'echo "interrupts: $count"',
        "exit 1",
      ].join("\n"),
    );
    const lines: string[] = [];
    const wasTerminal = process.stdin.isTTY;
    process.stdin.isTTY = false;
    try {
      const result = await pulumi.operate(["up"], (line) => {
        lines.push(line);
        if (line === "started") for (let times = 0; times < 3; times += 1) process.emit("SIGINT");
      });
      assert.equal(result.interrupted, true);
      assert.equal(lines.at(-1), "interrupts: 1");
    } finally {
      process.stdin.isTTY = wasTerminal;
    }
  });
});

describe("firstError", () => {
  it("prefers a reason to its consequence, in one line", () => {
    const output = [
      "Diagnostics:",
      "  pulumi:pulumi:Stack (landfall-local):",
      "    error: update failed",
      "  command:local:Command (web-apply):",
      "    error: exit status 1: app 'reports' does not answer",
      "      ModuleNotFoundError: no module 'x'",
      "",
      "    error: another",
    ].join("\n");
    assert.equal(firstError(output), "exit status 1: app 'reports' does not answer ModuleNotFoundError: no module 'x'");
  });

  it("is empty where nothing says error", () => {
    assert.equal(firstError("Resources:\n    3 unchanged\n"), "");
  });

  it("gives the consequence where there is no reason", () => {
    assert.equal(firstError("error: update canceled\n"), "update canceled");
  });
});
