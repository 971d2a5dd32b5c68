import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stackFolder } from "../../components/local/machine/folders";
import { stackId } from "../../components/local/machine/names";
import { CheckoutCopy, copyCheckout } from "../../toolchain/checkout-copy";
import { tracesOf } from "./traces";

// The commands as a user types them, in a copy of this checkout: real engine, real machines, real sites.
describe("npm run up and down", function () {
  this.timeout(300_000);
  let copy: CheckoutCopy;
  let id: string;

  before(async () => {
    copy = await copyCheckout();
    id = stackId("landfall", "local", copy.folder);
  });
  after(async () => {
    await copy.remove();
  });

  const edit = (path: string, change: (text: string) => string): void => {
    const file = join(copy.folder, path);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  const live = (path = "/"): Promise<{ status: number; body: string }> =>
    get(`https://live.landfall.localhost:${copy.httpsPort}${path}`, join(copy.folder, ".landfall", "ca.pem"));

  it("says which port is taken, and comes up once it is free", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(copy.httpsPort, "127.0.0.1", resolve));
    const failed = await copy.attempt("up");
    await new Promise((resolve) => server.close(resolve));
    assert.equal(failed.code, 1);
    assert.match(
      failed.stderr,
      new RegExp(`port ${copy.httpsPort} on 127\\.0\\.0\\.1 is taken by node \\(process ${process.pid}\\)`),
    );

    const repeated = await copy.attempt("up");
    assert.equal(repeated.code, 0, repeated.stderr);
    assert.match((await live()).body, /<title>Live<\/title>/);
  });

  it("tells by status what runs, as one JSON object", async () => {
    const { stdout } = await copy.attempt("status", "--json");
    const status = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(status).sort(), ["caFile", "engine", "machines", "sites", "stack"]);
    assert.deepEqual(
      (status["sites"] as { app: string; healthy: boolean }[]).map(({ app, healthy }) => [app, healthy]),
      [
        ["journal", true],
        ["dashboard", true],
        ["live", true],
      ],
    );
    assert.deepEqual(
      (status["machines"] as { name: string; state: string }[]).map(({ name, state }) => [name, state]),
      [
        ["mail", "running"],
        ["web", "running"],
      ],
    );
  });

  it("changes nothing the second time", async () => {
    const { code, stderr } = await copy.attempt("up");
    assert.equal(code, 0);
    assert.match(stderr, /\d+ unchanged/);
    assert.doesNotMatch(stderr, /created|updated|deleted|replaced/);
  });

  it("brings back a machine that was lost", async () => {
    await copy.attempt("shell", "web", "systemctl", "poweroff");
    await stopped(copy, "web");
    const up = await copy.attempt("up");
    assert.equal(up.code, 0, up.stderr);
    assert.equal((await live("/health")).status, 200);
  });

  it("puts changed code in place", async () => {
    edit("examples/live/page.html", (text) => text.replace("<title>Live", "<title>Changed"));
    assert.equal((await copy.attempt("up")).code, 0);
    assert.match((await live()).body, /<title>Changed/);
  });

  it("ends with the app's own log lines when new code does not start, and leaves the old one in place", async () => {
    edit("examples/live/main.py", (text) => `import a_module_that_nobody_has\n${text}`);
    const failed = await copy.attempt("up");
    assert.equal(failed.code, 1);
    assert.match(`${failed.stdout}${failed.stderr}`, /ModuleNotFoundError: No module named 'a_module_that_nobody_has'/);
    assert.match((await live()).body, /<title>Changed/);

    edit("examples/live/main.py", (text) => text.replace("import a_module_that_nobody_has\n", ""));
    assert.equal((await copy.attempt("up")).code, 0);
  });

  it("lists everything that is wrong with a description, before anything is touched", async () => {
    const before = readFileSync(join(copy.folder, "examples/apps.ts"), "utf8");
    edit("examples/apps.ts", (text) =>
      text.replace('name: "live"', 'name: "Live!"').replace('path: "/dashboard/"', 'path: "dashboard"'),
    );
    const failed = await copy.attempt("up");
    assert.equal(failed.code, 1);
    const said = `${failed.stdout}${failed.stderr}`;
    assert.match(said, /LocalSite 'web' has \d+ problems/);
    assert.match(said, /apps\[1\]\.routes\[0\]\.path\s+"dashboard"/);
    assert.match(said, /apps\[2\]\.name\s+"Live!"/);
    writeFileSync(join(copy.folder, "examples/apps.ts"), before);
    assert.equal((await live("/health")).status, 200);
  });

  it("leaves nothing behind when taken down", async () => {
    assert.notDeepEqual(await tracesOf(id), []);
    const down = await copy.attempt("down");
    assert.equal(down.code, 0, down.stderr);
    assert.deepEqual(await tracesOf(id), []);
  });

  it("leaves nothing behind when taken down after an interrupt or a kill in the middle of up", async () => {
    for (const [signal, seconds] of [
      ["SIGINT", 4],
      ["SIGKILL", 5],
    ] as const) {
      const up = spawn("npm", ["run", "--silent", "up"], { cwd: copy.folder, stdio: "ignore", detached: true });
      const ended = new Promise((resolve) => up.once("close", resolve));
      await pause(seconds * 1000);
      process.kill(-(up.pid ?? 0), signal);
      await ended;
      const down = await copy.down();
      assert.equal(down.code, 0, `after ${signal}: ${down.stderr}`);
      assert.deepEqual(await tracesOf(id), [], `after ${signal}`);
    }
    assert.throws(() => readFileSync(join(stackFolder(id), "network.json")), /ENOENT/);
  });
});

async function stopped(copy: CheckoutCopy, machine: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const { stdout } = await copy.attempt("status", "--json");
    const { machines } = JSON.parse(stdout) as { machines: { name: string; state: string }[] };
    if (machines.some(({ name, state }) => name === machine && state === "stopped")) return;
    await pause(200);
  }
  assert.fail(`machine ${machine} did not stop`);
}

function get(url: string, caFile: string): Promise<{ status: number; body: string }> {
  const { hostname, port, pathname } = new URL(url);
  const options = {
    host: "127.0.0.1",
    port,
    path: pathname,
    servername: hostname,
    ca: readFileSync(caFile),
    headers: { Host: `${hostname}:${port}` },
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}
