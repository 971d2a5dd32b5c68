import assert from "node:assert/strict";
import { ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { load } from "../../../load";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";

describe("an app on a socket that stays", function () {
  this.timeout(60_000);
  let nginx: RunningNginx;
  let holder: ChildProcessWithoutNullStreams;

  before(async () => {
    nginx = await RunningNginx.start([
      { name: "app", source: {}, process: { command: ["app"] }, routes: [{ domain }] },
    ]);
    const program = [process.execPath, join(__dirname, "graceful-app.cjs")];
    holder = spawn("python3", [join(__dirname, "activated-app.py"), nginx.socket("app"), ...program]);
    holder.stderr.pipe(process.stderr);
    await pause(500);
  });

  after(async () => {
    holder?.stdin.end();
    if (holder?.exitCode === null) await once(holder, "exit");
    await nginx?.stop();
  });

  it("loses no GET and no POST while it restarts and nginx reloads, 200 requests a second", async () => {
    const target = { host: "127.0.0.1", port: nginx.httpsPort, servername: domain, ca: nginx.certificate(domain) };
    const result = load({
      target,
      tls: true,
      headers: { Host: domain },
      body: "a=b",
      requestsPerSecond: 200,
      seconds: 5,
      timeoutSeconds: 15,
      contains: "app ",
    });
    for (const act of ["restart", "restart", "reload", "restart"]) {
      await pause(1000);
      if (act === "reload") {
        await nginx.reload();
      } else {
        holder.stdin.write("\n");
        await once(holder.stdout, "data");
      }
    }
    const { sent, failed } = await result;
    assert.deepEqual(failed, [], `${failed.length} of ${sent} failed`);
  });
});
