import assert from "node:assert/strict";
import { request } from "node:https";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { guest } from "../../../../components/host/guest";
import { applicationLoadBalancerHop, cloudFrontHop, Hop } from "../../../../components/host/hop";
import { directHops, healthPath } from "../../../../components/host/hops";
import { defaultSite } from "../../../../components/host/nginx/default-site";
import { render } from "../../../../components/host/nginx/render";
import { EchoApp } from "./echo-app";
import { RunningNginx } from "./running-nginx";

const balancer = "127.0.1.1";
const stranger = "127.0.6.1";
const front: Hop[] = [applicationLoadBalancerHop({ addresses: [`${balancer}/32`] })];
const api: App = {
  name: "api",
  source: {},
  process: { command: ["app"] },
  routes: [{ domain: "api.example.com", path: "/v1/" }],
  health: { path: "up?deep=1" },
};
const docs: App = { name: "docs", source: {}, routes: [{ domain: "docs.example.com", serve: ServeBy.Files }] };

interface Answer {
  status: number;
  body: string;
}

/** Asks as an Application Load Balancer does: from its own address, without a server name, with any certificate. */
function ask(port: number, from: string, host: string, path: string): Promise<Answer> {
  const tls = { servername: "", rejectUnauthorized: false, agent: false };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, localAddress: from, path, headers: { Host: host }, ...tls });
    sent.once("error", reject);
    sent.once("response", (response) => {
      let body = "";
      response.on("data", (text) => (body += String(text)));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.end();
  });
}

describe("a host behind a load balancer", function () {
  this.timeout(30_000);
  let nginx: RunningNginx;
  let echo: EchoApp;

  before(async () => {
    nginx = await RunningNginx.start([api, docs], { front });
    echo = new EchoApp("api", nginx.socket("api"));
    await echo.start();
  });
  after(async () => {
    await echo?.stop();
    await nginx?.stop();
  });

  const asked = (host: string, path: string, from = balancer): Promise<Answer> =>
    ask(nginx.httpsPort, from, host, path);

  it("answers requests that come without a server name, by their Host", async () => {
    const { status, body } = await asked("api.example.com", "/v1/a");
    assert.equal(status, 200);
    assert.match(body, /"x-forwarded-host":"api\.example\.com/);
  });

  it("asks an app for its health by the app's own name and path, whatever the Host", async () => {
    const { status, body } = await asked("127.0.0.1", healthPath("api"));
    assert.equal(status, 200, body);
    assert.match(body, /"x-forwarded-host":"api\.example\.com/);
    assert.match(body, /"x-request-uri":"\/v1\/up\?deep=1"/);
  });

  it("passes on the status of an app that has nothing to show", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("docs"))).status, 404);
    nginx.addFile("docs", "index.html", "hello");
    assert.deepEqual(await asked("127.0.0.1", healthPath("docs")), { status: 200, body: "hello" });
  });

  it("tells others nothing about the health of its apps", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("api"), stranger)).status, 403);
  });

  it("answers nothing else under a name that is not ours", async () => {
    assert.equal((await asked("127.0.0.1", "/v1/a")).status, 421);
    assert.equal((await asked("127.0.0.1", healthPath("other"))).status, 421);
  });

  it("says that an app is not well when it does not answer", async () => {
    await echo.stop();
    const { status } = await asked("127.0.0.1", healthPath("api"));
    await echo.start();
    assert.equal(status, 502);
  });
});

describe("a host without a load balancer", () => {
  const text = (...hops: Hop[]): string => render(defaultSite([api, docs], { ...directHops, front: hops }, guest(12)));

  it("goes on refusing handshakes for names that are not its own, also behind a CDN", () => {
    assert.match(text(), /ssl_reject_handshake on;/);
    assert.equal(text(cloudFrontHop({ addresses: ["130.176.0.0/17"] })), text());
  });

  it("is asked for nothing: only the hop that asks is let in", () => {
    const both = text(cloudFrontHop({ addresses: ["130.176.0.0/17"] }), ...front);
    assert.match(both, /allow 127\.0\.1\.1\/32;\n\s+deny all;/);
    assert.doesNotMatch(both, /130\.176/);
  });
});
