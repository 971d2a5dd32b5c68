import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJson, writeJson } from "../../../../components/local/machine/folders";
import { withLock } from "../../../../components/local/machine/lock";
import { identify, isAlive, signal, waitForEnd } from "../../../../components/local/machine/processes";

describe("a process's identity", () => {
  it("spares a process that has the number of one that ended", async () => {
    const child = spawn("sleep", ["60"]);
    const now = identify(child.pid ?? -1) ?? assert.fail("sleep does not run");
    signal({ ...now, startTime: "1" }, "SIGKILL");
    assert.ok(isAlive(now));
    signal(now, "SIGKILL");
    assert.ok(await waitForEnd(now, 5));
  });

  it("is nobody's once the process is gone", async () => {
    const child = spawn("true");
    const pid = child.pid ?? -1;
    await new Promise((resolve) => child.on("close", resolve));
    assert.equal(identify(pid), undefined);
  });
});

describe("withLock", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-lock-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("lets one in at a time", async () => {
    let inside = 0;
    let most = 0;
    const visit = (): Promise<void> =>
      withLock(join(folder, "lock"), async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
      });
    await Promise.all(Array.from({ length: 8 }, visit));
    assert.equal(most, 1);
  });

  it("is given back by a process that is killed", async () => {
    const lock = join(folder, "lock");
    const program = `require(${JSON.stringify(require.resolve("../../../../components/local/machine/lock"))}).withLock(${JSON.stringify(lock)}, () => { console.log("in"); return new Promise(() => setTimeout(() => {}, 60000)); })`;
    const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", program]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    assert.equal(await withLock(lock, () => Promise.resolve("in")), "in");
  });

  it("holds although another removed the file, and its folder, in between", async () => {
    const lock = join(folder, "sub", "lock");
    let inside = 0;
    const visit = (): Promise<void> =>
      withLock(lock, async () => {
        assert.equal(++inside, 1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
        rmSync(join(folder, "sub"), { recursive: true });
      });
    await Promise.all(Array.from({ length: 6 }, visit));
    assert.ok(!existsSync(lock));
  });

  it("is given back when the work fails", async () => {
    const lock = join(folder, "lock");
    await assert.rejects(
      withLock(lock, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await withLock(lock, () => Promise.resolve(1)), 1);
  });
});

describe("readJson", () => {
  it("returns what writeJson wrote, and nothing for a file that is not there", () => {
    const folder = mkdtempSync(join(tmpdir(), "landfall-json-"));
    writeJson(join(folder, "a", "b.json"), { x: [1] });
    assert.deepEqual(readJson(join(folder, "a", "b.json")), { x: [1] });
    assert.equal(readJson(join(folder, "none.json")), undefined);
    rmSync(folder, { recursive: true });
  });
});
