import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { machineFolder, stackFolder } from "../../components/local/machine/folders";
import { listMachines, machineDown, machineUp } from "../../components/local/machine/machine";
import { stackId } from "../../components/local/machine/names";
import { networkUp } from "../../components/local/machine/network";
import { sweep } from "../../components/local/machine/sweep";
import { prepare, runId } from "./machine";
import { ended, start } from "./machine-program";
import { tracesOf } from "./traces";

describe("what a local machine leaves", function () {
  this.timeout(120_000);
  before(prepare);

  it("is nothing, once machine and network are down", async () => {
    const id = stackId(runId, "down");
    const forwarding = readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8");
    await Promise.all(["a", "b"].map((name) => machineUp({ id, name, debian: 12 })));
    assert.notDeepEqual(await tracesOf(id), []);
    await Promise.all(["a", "b"].map((name) => machineDown(id, name)));
    await Promise.all(["a", "b"].map((name) => machineDown(id, name)));
    const result = await ended(start("network-down", { id }));
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(await tracesOf(id), []);
    assert.equal(readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8"), forwarding);
  });

  it("keeps the network while a machine uses it", async () => {
    const id = stackId(runId, "used");
    await machineUp({ id, name: "a", debian: 12 });
    const result = await ended(start("network-down", { id }));
    assert.match(result.stderr, /still has a; take them down first/);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("is nothing after a sweep of what was cut off at any moment, and what was cut off can be continued", async () => {
    for (const milliseconds of [30, 80, 120, 160, 200, 260, 330, 450, 700, 1100]) {
      const id = stackId(runId, "cut", String(milliseconds));
      const spec = { id, name: "web", debian: 12 };
      const child = start("machine-up", spec);
      const gone = ended(child);
      await sleep(milliseconds);
      child.kill("SIGKILL");
      await gone;
      if (milliseconds % 20 === 0) {
        assert.equal((await machineUp(spec)).name, "web", `cut off after ${milliseconds} ms`);
        assert.deepEqual(
          listMachines(id).map(({ state }) => state),
          ["running"],
        );
      }
      const swept = await ended(start("sweep", { id }));
      assert.equal(swept.code, 0, swept.stderr);
      assert.deepEqual(await tracesOf(id), [], `cut off after ${milliseconds} ms`);
    }
  });

  it("is nothing when a machine was left half-made", async () => {
    const id = stackId(runId, "half");
    await networkUp(id);
    mkdirSync(join(machineFolder(id, "web"), "upper"), { recursive: true });
    assert.deepEqual(listMachines(id), [{ name: "web", address: "", state: "half-made" }]);
    await machineDown(id, "web");
    assert.deepEqual(listMachines(id), []);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("is nothing when the state folder lost its record of a running machine", async () => {
    const id = stackId(runId, "lost");
    await machineUp({ id, name: "web", debian: 12 });
    rmSync(join(machineFolder(id, "web"), "machine.json"));
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("does not include a machine that cannot boot: the error says why, at once, and it can be repeated", async () => {
    const id = stackId(runId, "broken");
    const source = join(stackFolder(id), "..", "a-file");
    writeFileSync(source, "");
    const broken = { id, name: "web", debian: 12, binds: [{ source, target: "/etc" }] };
    const began = Date.now();
    await assert.rejects(machineUp(broken), /machine web ended while it booted; the end of its console:\n {2}.*\/etc/s);
    assert.ok(Date.now() - began < 30_000, "it was noticed by the time limit only");
    assert.equal((await machineUp({ ...broken, binds: [] })).generation, 2);
    await sweep(id);
    assert.deepEqual(await tracesOf(id), []);
  });
});

describe("what builds a guest image", function () {
  this.timeout(20_000);

  it("ends with the process that started it, with all that it started itself", async () => {
    const seconds = String(100_000 + process.pid);
    const script = `require(${JSON.stringify(require.resolve("../../components/local/machine/build"))}).runConfined("sleep $1 & wait", ["${seconds}"])`;
    const builder = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script]);
    // The sleeper has a process namespace of its own, which `findProcesses` passes over.
    const running = (): boolean =>
      readdirSync("/proc").some((entry) => /^\d+$/.test(entry) && argumentsOf(entry) === `sleep\0${seconds}\0`);
    while (!running()) await sleep(50);
    builder.kill("SIGKILL");
    while (running()) await sleep(50);
  });
});

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended
  }
}
