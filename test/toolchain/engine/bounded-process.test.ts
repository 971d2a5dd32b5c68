import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { runBounded } from "../../../toolchain/engine/bounded-process";
import { temporaryFolder } from "./temporary-folder";

const modulePath = path.resolve(__dirname, "../../../toolchain/engine/bounded-process");

/** Waits until a process is gone; a killed one stays for a moment until its parent has asked how it ended. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      if (stat.includes(") Z ")) {
        return true;
      }
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

describe("runBounded", () => {
  const folder = temporaryFolder();

  it("gives what a program printed", async () => {
    const outcome = await runBounded("sh", ["-c", "echo out; echo err >&2"], { seconds: 5 });
    assert.deepEqual([outcome.ok, outcome.stdout], [true, "out"]);
  });

  it("says in one line how a program failed, and keeps its last lines", async () => {
    const outcome = await runBounded("sh", ["-c", "seq 100 >&2; exit 3"], { seconds: 5 });
    assert.equal(outcome.ok, false);
    assert.equal(outcome.reason, "exit code 3: 100");
    assert.equal(outcome.tail.split("\n").length, 20);
  });

  it("says when there is no such program", async () => {
    const { ok, reason } = await runBounded("no-such-program", [], { seconds: 5 });
    assert.deepEqual([ok, reason], [false, "spawn no-such-program ENOENT"]);
  });

  it("ends a program that takes too long, with all that it started", async () => {
    const pids = path.join(folder(), "pids");
    const program = `sleep 60 & echo $! > ${pids}; echo one; echo two; wait`;
    const { ok, reason } = await runBounded("sh", ["-c", program], { seconds: 0.3 });
    assert.deepEqual([ok, reason], [false, "no answer within 0.3 s: two"]);
    assert.ok(await gone(Number(fs.readFileSync(pids, "utf8"))));
  });

  it("gives less time to a program that has printed only what it tries", async () => {
    const bounds = { firstReplySeconds: 0.3, seconds: 10 };
    const silent = await runBounded("sh", ["-c", "echo Downloading; sleep 60"], bounds);
    assert.equal(silent.reason, "no answer within 0.3 s: Downloading");
    const busy = await runBounded("sh", ["-c", "echo Downloading; echo 10 %; sleep 0.6; echo done"], bounds);
    assert.equal(busy.ok, true);
  });

  it("ends the program when this process is interrupted", async () => {
    const pids = path.join(folder(), "pids");
    const code = `require(${JSON.stringify(modulePath)}).runBounded("sh", ["-c", "echo $$ > ${pids}; sleep 60"], { seconds: 60 })`;
    const parent = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", code]);
    while (!fs.existsSync(pids) || fs.readFileSync(pids, "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    parent.kill("SIGINT");
    const signal = await new Promise((resolve) => parent.once("close", (_code, by) => resolve(by)));
    assert.equal(signal, "SIGINT");
    assert.ok(await gone(Number(fs.readFileSync(pids, "utf8"))));
  });
});
