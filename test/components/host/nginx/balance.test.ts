import assert from "node:assert/strict";
import { createServer } from "node:http";
import { request as httpsRequest } from "node:https";
import { AddressInfo } from "node:net";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { BalanceMethod, ServersTls } from "../../../../components/app/balance";
import { validateApps } from "../../../../components/app/validate";
import { webProblems } from "../../../../components/app/validation/web";
import { balancerHop } from "../../../../components/host/balancer-hop";
import { applicationLoadBalancerHop } from "../../../../components/host/hop";
import { HopChain } from "../../../../components/host/hops";
import { Balanced } from "../balanced";
import { sharingBehaviour } from "../sharing-behaviour";
import { ask, Request } from "./client";
import { EchoApp, Seen } from "./echo-app";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const startNginx = (apps: readonly App[], hops: Partial<HopChain>) => RunningNginx.start(apps, hops);

describe("a real nginx that shares out requests", function () {
  this.timeout(30_000);

  sharingBehaviour(startNginx);

  describe("as httpd does not", () => {
    let balanced: Balanced;
    afterEach(() => balanced.stop());

    it("gives no server more at once than it takes", async () => {
      balanced = await Balanced.start(startNginx, {
        count: 2,
        servers: [{ maxConnections: 1 }, { maxConnections: 2 }],
      });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => balanced.ask("/", { headers: { "X-Delay": "800" } })),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 502, 502]);
    });

    it("keeps a client's address at one server, as the hops in front know it", async () => {
      const front = [applicationLoadBalancerHop({ addresses: ["127.0.0.1/32"] })];
      balanced = await Balanced.start(startNginx, { balance: { method: BalanceMethod.ClientAddress } }, { front });
      const from = (address: string): Request => ({ headers: { "X-Forwarded-For": `192.0.2.99, ${address}` } });
      const first = await balanced.counts(6, () => from("198.51.100.1"));
      assert.equal(Math.max(...first), 6, String(first));
      const many = await balanced.counts(40, (index) => from(`198.51.100.${index}`));
      assert.ok(Math.min(...many) > 0, String(many));
    });
  });
});

describe("a POST that a server has begun to work on", function () {
  this.timeout(30_000);

  for (const [method, worked] of [
    ["POST", 1],
    ["GET", 2],
  ] as const)
    it(`is worked on ${worked === 1 ? "once" : "again, where it is a GET"}, when that server then fails`, async () => {
      let asked = 0;
      const failing = [0, 1].map(() =>
        createServer((request) => {
          asked++;
          request.socket.destroy();
        }),
      );
      for (const server of failing) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const servers = failing.map((server) => ({ address: "127.0.0.1", port: (server.address() as AddressInfo).port }));
      const nginx = await RunningNginx.start([{ name: "shop", source: {}, servers, routes: [{ domain }] }]);
      try {
        assert.equal((await ask(nginx, domain, "/", { method, body: method === "POST" ? "a=b" : "" })).status, 502);
        assert.equal(asked, worked);
      } finally {
        await nginx.stop();
        for (const server of failing) server.close();
      }
    });
});

describe("a balancer of ours in front of a host of ours", function () {
  this.timeout(30_000);
  const client = "127.0.5.1";
  let behind: RunningNginx;
  let echo: EchoApp;
  const route = { domain, websocket: true };

  before(async () => {
    const app: App = { name: "shop", source: {}, process: { command: ["app"] }, routes: [route] };
    behind = await RunningNginx.start([app], { front: [balancerHop({ addresses: ["127.0.0.1/32"] })] });
    echo = new EchoApp("shop", behind.socket("shop"));
    await echo.start();
  });
  after(async () => {
    await echo.stop();
    await behind.stop();
  });

  /** What comes of a request to a balancer that asks the host by TLS. */
  async function through(serversTls: ServersTls): Promise<{ status: number; body: string }> {
    const servers = [{ address: "127.0.0.1", port: behind.httpsPort }];
    const app: App = { name: "shop", source: {}, servers, serversTls, routes: [route] };
    assert.deepEqual(validateApps([app]), []);
    const nginx = await RunningNginx.start([app]);
    try {
      return await new Promise((resolve, reject) => {
        const options = {
          host: "127.0.0.1",
          port: nginx.httpsPort,
          localAddress: client,
          servername: domain,
          ca: nginx.certificate(domain),
          headers: { Host: domain, "X-Forwarded-For": "192.0.2.1" },
          agent: false,
        };
        const sent = httpsRequest(options, (response) => {
          let body = "";
          response.on("data", (chunk) => (body += String(chunk)));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        });
        sent.once("error", reject);
        sent.end();
      });
    } finally {
      await nginx.stop();
    }
  }

  it("has the app know the client, and not the balancer or what the client says", async () => {
    const { status, body } = await through({ authority: behind.certificate(domain) });
    assert.equal(status, 200, body);
    const { headers } = JSON.parse(body) as Seen;
    assert.deepEqual([headers["x-forwarded-for"], headers["x-real-ip"]], [client, client]);
  });

  it("is refused by the balancer when its certificate is signed by another authority", async () => {
    assert.equal((await through({})).status, 502);
  });

  it("is refused by the balancer when its certificate has another name", async () => {
    const { status } = await through({ authority: behind.certificate(domain), name: "other.example.com" });
    assert.notEqual(status, 200);
  });
});

describe("every way to share out requests that validation lets through", function () {
  this.timeout(120_000);

  const server = fc.record(
    {
      address: fc.oneof(
        fc.ipV4().map((text) => text.replace(/^\d+/, "10")),
        fc.constant("fd00::1"),
        fc.constant("localhost"),
      ),
      port: fc.integer({ min: 1, max: 65535 }),
      weight: fc.integer({ min: 1, max: 256 }),
      backup: fc.boolean(),
      maxConnections: fc.integer({ min: 1, max: 1000 }),
    },
    { requiredKeys: ["address", "port"] },
  );
  const balance = fc.record(
    {
      method: fc.constantFrom(...Object.values(BalanceMethod)),
      sticky: fc.boolean(),
      failSeconds: fc.integer({ min: 1, max: 3600 }),
      maxFails: fc.integer({ min: 1, max: 1000 }),
    },
    { requiredKeys: [] },
  );
  const name = fc.constantFrom("shop", "a-b-c", "x1");
  const route = fc.record({ path: fc.constantFrom("/", "/a/", "/p$y/(v)/"), stripPrefix: fc.boolean() });
  const apps = fc.oneof(
    fc
      .tuple(name, route, fc.array(server, { minLength: 1, maxLength: 4 }), balance)
      .map(([name, place, servers, balance]) => ({
        name,
        source: {},
        servers,
        balance,
        routes: [{ domain, ...place }],
      })),
    fc.tuple(name, route, fc.integer({ min: 2, max: 5 }), balance).map(([name, place, instances, balance]) => ({
      name,
      source: { directory: "app" },
      process: { command: ["app"], instances },
      balance,
      routes: [{ domain, ...place }],
    })),
  );
  const valid = apps.filter(
    (app) => validateApps([app as App]).length === 0 && webProblems({}, [app as App]).length === 0,
  );

  it("is taken by a real nginx", async () => {
    await fc.assert(
      fc.asyncProperty(valid, async (app) => {
        const nginx = await RunningNginx.start([app as App]); // refused by `nginx -t` otherwise
        await nginx.stop();
      }),
      { numRuns: 25 },
    );
  });
});
