import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { writeProperties } from "../../../toolchain/providers/property/wire";
import { urn } from "./engine-stand-in";

const providers = path.resolve(__dirname, "../../../toolchain/providers");

/** Nothing listens there; a provider must not mind. */
const nobody = "127.0.0.1:1";

describe("a provider as the engine's child", function () {
  this.timeout(30_000);
  let child: ChildProcess;
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-provider-"));
  });
  afterEach(() => {
    child.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true });
  });

  async function start(name: string): Promise<number> {
    const main = path.join(providers, name, "main.ts");
    const args = ["-r", "ts-node/register/transpile-only", main, "-v=3", "-logtostderr", nobody];
    child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    assert.match(chunk.toString(), /^\d+\n$/);
    return Number(chunk.toString());
  }

  /** Starts a command that runs until it is ended, and returns the number of its process and how its call ends. */
  async function startCommand(port: number): Promise<{ pid: string; ended: Promise<string> }> {
    const pidFile = path.join(folder, "pid");
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const request = new messages.CreateRequest();
    request.setUrn(urn("command:local:Command"));
    request.setProperties(
      writeProperties({ create: `sleep 300 & echo $! > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; wait` }),
    );
    const ended = new Promise<string>((resolve) => {
      client.create(request, (error) => {
        client.close();
        resolve(error?.details ?? "no error");
      });
    });
    while (!fs.existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 10));
    return { pid: fs.readFileSync(pidFile, "utf8").trim(), ended };
  }

  function assertGone(pid: string): void {
    const stat = `/proc/${pid}/stat`;
    assert.match(fs.existsSync(stat) ? fs.readFileSync(stat, "utf8") : "gone Z", /\b[ZX]\b/);
  }

  for (const name of ["command", "tls"]) {
    it(`${name}: prints its port and ends, without error, when it is interrupted`, async () => {
      await start(name);
      child.kill("SIGINT");
      assert.deepEqual(await once(child, "exit"), [0, null]);
    });
  }

  it("ends when the engine that started it is gone", async () => {
    await start("tls");
    child.stdin?.end();
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });

  it("ends the commands that it runs, and what they started, when it is interrupted", async () => {
    const { pid, ended } = await startCommand(await start("command"));
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    assertGone(pid);
    assert.match(await ended, /the update was interrupted/);
  });

  it("ends the commands that it runs when the engine is gone", async () => {
    const { pid } = await startCommand(await start("command"));
    child.stdin?.end();
    await once(child, "exit");
    assertGone(pid);
  });
});
