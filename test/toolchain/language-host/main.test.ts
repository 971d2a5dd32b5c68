import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";

const main = path.resolve(__dirname, "../../../toolchain/language-host/main.ts");

/** Starts the language host as the engine does: with a pipe as standard input, and waits for its port. */
async function start(): Promise<{ host: ChildProcess; firstLine: string }> {
  const host = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", main, "-v=9", "127.0.0.1:1"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const firstLine = await new Promise<string>((resolve) =>
    host.stdout?.once("data", (data: Buffer) => resolve(data.toString())),
  );
  return { host, firstLine };
}

function ending(host: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => host.once("close", resolve));
}

describe("the language host's process", () => {
  it("prints its port as the first line", async () => {
    const { host, firstLine } = await start();
    assert.match(firstLine, /^[1-9]\d{3,4}\n$/);
    host.kill("SIGKILL");
    await ending(host);
  });

  it("ends when it is interrupted", async () => {
    const { host } = await start();
    host.kill("SIGINT");
    assert.equal(await ending(host), 0);
  });

  it("ends when the engine is gone", async () => {
    const { host } = await start();
    host.stdin?.end();
    assert.equal(await ending(host), 0);
  });
});
