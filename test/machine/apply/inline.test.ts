import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { secretFile } from "../../../components/app/paths";
import { gunicorn } from "../../../components/app/presets/gunicorn";
import { canonicalJson, sha256 } from "../../../components/host/digest";
import { directHops } from "../../../components/host/hops";
import { statusFile } from "../../../components/host/apply/status";
import { inlineUserData } from "../../../components/host/cloud-init/inline";
import { doesAsDebian } from "../../../components/host/logs/rotation";
import { planHost } from "../../../components/host/plan-host";
import { machine, TestMachine } from "../machine";
import { applied, apply, healthyByItself } from "./applying";

// An application that is in Python's own library, behind a server from the package index.
const hello = gunicorn({
  name: "hello",
  source: { package: { name: "gunicorn", version: "27.0.1" } },
  app: "wsgiref.simple_server:demo_app",
  routes: [{ domain: "hello.landfall-test.net" }],
  secrets: [{ name: "cookie", generate: true }],
  health: { contains: "Hello world!" },
});

describe("a host that has nothing but its user data", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "landfall-inline-"));
  const plan = planHost({ apps: [hello], code: {}, debian: 12, hops: directHops });
  const { base64, text } = inlineUserData({ plan });
  let host: TestMachine;
  before(async () => {
    const path = join(folder, "user-data");
    writeFileSync(path, Buffer.from(base64, "base64"));
    // As compressed as a cloud hands it over.
    host = await machine({ binds: [{ source: path, target: "/var/lib/cloud/seed/nocloud/user-data" }] });
  });
  after(async () => {
    await host?.remove();
    rmSync(folder, { recursive: true });
  });

  const get = async (path: string): Promise<{ status: number; body: string }> =>
    await new Promise((resolve, reject) => {
      const options = { host: host.address, port: 443, path, rejectUnauthorized: false };
      const name = "hello.landfall-test.net";
      request({ ...options, servername: name, headers: { Host: name } }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += String(chunk)));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on("error", reject)
        .end();
    });
  /** Digest of the plan as it travels. */
  const inForce = async (): Promise<string> => sha256(await host.readFile("/etc/landfall/plan.json"));

  it("comes from a bare image to an app that answers", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    await healthyByItself(host, await inForce(), 150);
    const { status, body } = await get("/");
    assert.equal(status, 200);
    assert.match(body, /^Hello world!/);
  });

  it("carries the plan that it was made from, but for comments and what Debian's packages bring", async () => {
    const found = JSON.parse(await host.readFile("/etc/landfall/plan.json")) as typeof plan;
    assert.equal(canonicalJson({ ...found, files: [] }), canonicalJson({ ...plan, files: [] }));
    assert.deepEqual(
      found.files.map(({ path }) => path),
      plan.files.filter((file) => !doesAsDebian(file)).map(({ path }) => path),
    );
  });

  it("makes its secrets up, and keeps them", async () => {
    const path = secretFile("hello", "cookie");
    const secret = await host.readFile(path);
    assert.match(secret, /^[0-9a-f]{64}$/);
    await applied(host);
    assert.equal(await host.readFile(path), secret);
    assert.equal((await host.exec(["stat", "-c", "%a %U", path])).trim(), "600 root");
  });

  it("changes nothing and restarts nothing when it is applied again", async () => {
    const pids = "systemctl show --property MainPID app-hello.service nginx.service";
    const before = await host.exec(pids);
    await host.exec("sleep 0.1; touch /root/mark");
    await applied(host);
    assert.equal(await host.exec(pids), before);
    assert.equal(await host.exec("find /etc /opt /usr/local -newer /root/mark ! -type d"), "");
  });

  it("puts right what was changed by hand", async () => {
    const site = plan.files.find(({ path }) => path.endsWith("hello.landfall-test.net.conf"))?.path ?? "";
    await host.exec(`rm ${site}; nginx -s reload; systemctl stop app-hello.socket app-hello.service`);
    await applied(host);
    assert.equal((await get("/")).status, 200);
  });

  it("answers after a boot by itself", async () => {
    await host.exec(["rm", statusFile]);
    await host.reboot();
    await healthyByItself(host, await inForce(), 60);
    assert.equal((await get("/")).status, 200);
  });

  it("ends with an error and the app's own words when the app does not answer", async () => {
    await host.exec("mv /opt/landfall/environments /opt/landfall/gone && systemctl restart app-hello.service || true");
    await host.exec(`sed -i 's/"startSeconds":[0-9]*/"startSeconds":3/' /etc/landfall/plan.json`);
    await host.exec(
      "mkdir -p /opt/landfall/environments && cd /opt/landfall/gone && for one in *; do mkdir ../environments/$one; touch ../environments/$one/.complete; done",
    );
    const { code, status, stdout } = await apply(host);
    assert.equal(code, 1);
    assert.equal(status.state, "failed");
    assert.match(status.message, /^not healthy: hello$/);
    assert.match(
      stdout,
      /app hello is not healthy: GET https:\/\/hello\.landfall-test\.net\/.*\n(.*\n)*.*bin\/gunicorn: No such file/,
    );
  });

  it("is user data that cloud-init's schema accepts", async () => {
    await host.writeFile("/root/user-data", text);
    assert.match(await host.exec("cloud-init schema --config-file /root/user-data"), /Valid/);
  });
});
