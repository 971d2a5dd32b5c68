import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { withLock } from "../../../toolchain/engine/lock";
import { temporaryFolder } from "./temporary-folder";

const holder = path.join(__dirname, "lock-holder.ts");
const node = ["-r", "ts-node/register/transpile-only", holder];

/** Starts a process that takes the lock, writes `begin` and `end` to the log, and holds it in between. */
function hold(file: string, log: string, milliseconds: number): ChildProcess {
  return spawn(process.execPath, [...node, file, log, String(milliseconds)], { stdio: ["ignore", "pipe", "inherit"] });
}

function line(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once("data", () => resolve()));
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("close", () => resolve()));
}

describe("withLock", () => {
  const folder = temporaryFolder();
  const file = (): string => path.join(folder(), "a.lock");

  it("lets callers of one process work one after the other", async () => {
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file(), work)));
    assert.equal(most, 1);
  });

  it("lets processes work one after the other", async () => {
    const log = path.join(folder(), "log");
    await Promise.all([1, 2, 3].map(() => end(hold(file(), log, 100))));
    assert.equal(fs.readFileSync(log, "utf8"), "begin\nend\n".repeat(3));
  }).timeout(20_000);

  it("takes the lock of a process that was killed", async () => {
    const child = hold(file(), path.join(folder(), "log"), 60_000);
    await line(child);
    child.kill("SIGKILL");
    await end(child);
    assert.ok(fs.existsSync(file()));
    assert.equal(await withLock(file(), () => Promise.resolve("done")), "done");
  });

  it("waits for a process that lives, and says so once", async () => {
    const child = hold(file(), path.join(folder(), "log"), 400);
    const ended = end(child);
    await line(child);
    const told: string[] = [];
    await withLock(file(), () => Promise.resolve(), { report: (text) => told.push(text) });
    assert.match(fs.readFileSync(path.join(folder(), "log"), "utf8"), /end/);
    assert.deepEqual(told, [`waiting for process ${child.pid}, which is doing the same`]);
    await ended;
  });

  it("takes the lock of a holder elsewhere only after a minute of silence", async () => {
    fs.writeFileSync(file(), `${JSON.stringify({ pid: 1, started: "1", world: "another machine" })} 00`);
    let taken = false;
    const waiting = withLock(file(), () => Promise.resolve((taken = true)));
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(taken, false);
    const longAgo = new Date(Date.now() - 61_000);
    fs.utimesSync(file(), longAgo, longAgo);
    assert.equal(await waiting, true);
  });

  it("is free again after work that failed", async () => {
    await assert.rejects(
      withLock(file(), () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.deepEqual(fs.readdirSync(folder()), []);
  });
});
