import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { passInterrupts } from "../../../toolchain/commands/interrupts";

/** A program that remembers the signals it got. */
class Program extends EventEmitter {
  readonly signals: string[] = [];
  kill(signal: string): boolean {
    this.signals.push(signal);
    return true;
  }
}

describe("passInterrupts", () => {
  const watch = (program: Program, answered: boolean, terminal: boolean): (() => void) =>
    passInterrupts(program as unknown as ChildProcess, () => answered, { terminal, settleMs: 20 });

  it("away from a terminal, passes several signals at once on as one", async () => {
    const program = new Program();
    const stop = watch(program, false, false);
    process.emit("SIGINT");
    process.emit("SIGTERM");
    assert.deepEqual(program.signals, ["SIGINT"]);
    await wait(40);
    process.emit("SIGINT");
    assert.deepEqual(program.signals, ["SIGINT", "SIGINT"]);
    stop();
  });

  it("at a terminal, passes nothing on to a program that has heard the terminal", async () => {
    const program = new Program();
    const stop = watch(program, true, true);
    process.emit("SIGINT");
    await wait(40);
    assert.deepEqual(program.signals, []);
    stop();
  });

  it("at a terminal, passes on what only we have heard", async () => {
    const program = new Program();
    const stop = watch(program, false, true);
    process.emit("SIGINT");
    assert.deepEqual(program.signals, []);
    await wait(40);
    assert.deepEqual(program.signals, ["SIGINT"]);
    stop();
  });

  it("ends with the program", () => {
    const program = new Program();
    const before = process.listenerCount("SIGINT");
    watch(program, false, false);
    assert.equal(process.listenerCount("SIGINT"), before + 1);
    program.emit("close");
    assert.equal(process.listenerCount("SIGINT"), before);
  });
});
