import assert from "node:assert/strict";
import { createServer } from "node:http";
import { request as httpsRequest } from "node:https";
import { AddressInfo } from "node:net";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route } from "../../../../components/app/route/route";
import { Balance, BalancedServer, BalanceMethod, ServersTls } from "../../../../components/app/balance";
import { validateApps } from "../../../../components/app/validate";
import { webProblems } from "../../../../components/app/validation/web";
import { balancerHop } from "../../../../components/host/balancer-hop";
import { applicationLoadBalancerHop } from "../../../../components/host/hop";
import { HopChain } from "../../../../components/host/hops";
import { freePorts } from "../../../loopback/ports";
import { Answer, ask, Request } from "./client";
import { EchoApp, Seen } from "./echo-app";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const cookieOf = (answer: Answer): string | undefined => answer.headers["set-cookie"]?.[0]?.split(";")[0];

/** Servers of this computer that say what they saw, and an nginx that shares requests out among them. */
class Balanced {
  private readonly echoes: (EchoApp | undefined)[] = [];
  private nginx!: RunningNginx;
  private ports: number[] = [];

  static async start(
    args: { count?: number; balance?: Balance; route?: Partial<Route>; servers?: Partial<BalancedServer>[] },
    hops: Partial<HopChain> = {},
  ): Promise<Balanced> {
    const made = new Balanced();
    made.ports = await freePorts(args.count ?? 3);
    for (const index of made.ports.keys()) await made.bringUp(index);
    const servers = made.ports.map((port, index) => ({ address: "127.0.0.1", port, ...args.servers?.[index] }));
    const app = { name: "shop", source: {}, servers, routes: [{ domain, ...args.route }], balance: args.balance };
    assert.deepEqual(validateApps([app as App]), []);
    made.nginx = await RunningNginx.start([app as App], hops);
    return made;
  }

  async bringUp(index: number): Promise<void> {
    this.echoes[index] = new EchoApp(String(index), this.ports[index]!);
    await this.echoes[index].start();
  }

  async bringDown(index: number): Promise<void> {
    await this.echoes[index]?.stop();
    this.echoes[index] = undefined;
  }

  ask(path = "/", request: Request = {}): Promise<Answer> {
    return ask(this.nginx, domain, path, request);
  }

  /** Which server answered. */
  async at(request: Request = {}, path = "/"): Promise<number> {
    const answer = await this.ask(path, request);
    assert.equal(answer.status, 200, answer.body);
    return Number((JSON.parse(answer.body) as Seen).app);
  }

  /** How many of some requests, one after the other, each server answered. */
  async counts(requests: number, each: (index: number) => Request = () => ({})): Promise<number[]> {
    const counts = this.ports.map(() => 0);
    for (let index = 0; index < requests; index++) counts[await this.at(each(index))]!++;
    return counts;
  }

  async stop(): Promise<void> {
    await this.nginx.stop();
    for (const index of this.echoes.keys()) await this.bringDown(index);
  }
}

describe("a real nginx that shares out requests", function () {
  this.timeout(30_000);
  let balanced: Balanced;
  afterEach(() => balanced.stop());

  it("asks one server after the other", async () => {
    balanced = await Balanced.start({});
    assert.deepEqual(await balanced.counts(12), [4, 4, 4]);
  });

  it("asks them by their weights", async () => {
    balanced = await Balanced.start({ servers: [{ weight: 4 }, {}, {}] });
    assert.deepEqual(await balanced.counts(12), [8, 2, 2]);
  });

  it("asks a backup only while nobody else is there", async () => {
    balanced = await Balanced.start({ count: 2, servers: [{}, { backup: true }] });
    assert.deepEqual(await balanced.counts(4), [4, 0]);
    await balanced.bringDown(0);
    assert.deepEqual(await balanced.counts(4), [0, 4]);
  });

  it("asks who has the least to do", async () => {
    balanced = await Balanced.start({ count: 2, balance: { method: BalanceMethod.LeastConnections } });
    const slow = balanced.ask("/", { headers: { "X-Delay": "1500" } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const counts = await balanced.counts(6);
    const busy = Number((JSON.parse((await slow).body) as Seen).app);
    assert.equal(counts[busy], 0);
  });

  it("gives no server more at once than it takes", async () => {
    balanced = await Balanced.start({ count: 2, servers: [{ maxConnections: 1 }, { maxConnections: 2 }] });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => balanced.ask("/", { headers: { "X-Delay": "800" } })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 502, 502]);
  });

  it("keeps a client's address at one server, as the hops in front know it", async () => {
    const front = [applicationLoadBalancerHop({ addresses: ["127.0.0.1/32"] })];
    balanced = await Balanced.start({ balance: { method: BalanceMethod.ClientAddress } }, { front });
    const from = (address: string): Request => ({ headers: { "X-Forwarded-For": `192.0.2.99, ${address}` } });
    const first = await balanced.counts(6, () => from("198.51.100.1"));
    assert.equal(Math.max(...first), 6, String(first));
    const many = await balanced.counts(40, (index) => from(`198.51.100.${index}`));
    assert.ok(Math.min(...many) > 0, String(many));
  });

  it("asks another server when one is not there, with a POST as well", async () => {
    balanced = await Balanced.start({});
    await balanced.bringDown(1);
    const counts = await balanced.counts(12, (index) => ({
      method: index % 2 ? "POST" : "GET",
      body: index % 2 ? "a" : "",
    }));
    assert.deepEqual([counts[1], counts[0]! + counts[2]!], [0, 12]);
  });

  it("asks a server again once its time is over", async () => {
    balanced = await Balanced.start({ count: 2, balance: { failSeconds: 1, maxFails: 1 } });
    await balanced.bringDown(1);
    assert.deepEqual(await balanced.counts(4), [4, 0]);
    await balanced.bringUp(1);
    // nginx counts in whole seconds, and waits for more than was said.
    await new Promise((resolve) => setTimeout(resolve, 2200));
    assert.ok((await balanced.counts(6))[1]! >= 2);
  });

  it("repeats no slow request", async () => {
    balanced = await Balanced.start({ route: { readTimeoutSeconds: 11 } });
    const began = Date.now();
    assert.equal((await balanced.ask("/", { headers: { "X-Delay": "20000" } })).status, 504);
    assert.ok(Date.now() - began < 15_000);
  });

  describe("where clients stay", () => {
    beforeEach(async () => {
      balanced = await Balanced.start({ balance: { sticky: true }, route: { path: "/app/", stripPrefix: true } });
    });
    const path = "/app/x%2Fy?z";

    it("tells a client once where it is, out of reach of scripts and of other apps", async () => {
      const answer = await balanced.ask(path);
      assert.match(
        answer.headers["set-cookie"]!.join("\n"),
        /^landfall_shop=[0-9a-f]{8}; Path=\/app\/; Secure; HttpOnly; SameSite=Lax$/,
      );
      const again = await balanced.ask(path, { headers: { Cookie: cookieOf(answer)! } });
      assert.equal(again.headers["set-cookie"], undefined);
    });

    it("keeps it there, whatever it sends", async () => {
      const first = await balanced.ask(path);
      const { app } = JSON.parse(first.body) as Seen;
      for (const method of ["GET", "POST", "PUT", "GET", "DELETE", "POST"]) {
        const headers = { Cookie: `a=b; ${cookieOf(first)}; c=d` };
        const answer = JSON.parse((await balanced.ask(path, { method, headers })).body) as Seen;
        assert.deepEqual([answer.app, answer.url, answer.method], [app, "/x%2Fy?z", method]);
      }
    });

    it("shares out those who are new", async () => {
      const found = new Set<string | undefined>();
      for (let index = 0; index < 6; index++) found.add(cookieOf(await balanced.ask(path)));
      assert.equal(found.size, 3);
    });

    it("moves a client when its server is gone, and lets it stay there", async () => {
      const first = await balanced.ask(path);
      const { app } = JSON.parse(first.body) as Seen;
      await balanced.bringDown(Number(app));
      const moved = await balanced.ask(path, { method: "POST", body: "a", headers: { Cookie: cookieOf(first)! } });
      assert.equal(moved.status, 200);
      const { app: now } = JSON.parse(moved.body) as Seen;
      assert.notEqual(now, app);
      await balanced.bringUp(Number(app));
      for (let index = 0; index < 4; index++)
        assert.equal(await balanced.at({ headers: { Cookie: cookieOf(moved)! } }, path), Number(now));
    });

    it("takes no word of a client for a server", async () => {
      for (const cookie of [
        "landfall_shop=",
        "landfall_shop=1",
        "landfall_shop=127.0.0.1:80|127.0.0.1:1",
        "landfall_shop=$host",
      ]) {
        const answer = await balanced.ask(path, { headers: { Cookie: cookie } });
        assert.deepEqual([answer.status, cookieOf(answer) === undefined], [200, false], cookie);
      }
    });

    it("keeps the app's own cookies, and the headers that every answer has", async () => {
      const headers = { "X-Answer": JSON.stringify({ "Set-Cookie": ["a=1; Path=/", "b=2; Path=/y"] }) };
      const answer = await balanced.ask(path, { headers });
      assert.deepEqual(answer.headers["set-cookie"]!.slice(0, 2), ["a=1; Path=/app/", "b=2; Path=/app/y"]);
      assert.equal(answer.headers["set-cookie"]!.length, 3);
      assert.deepEqual(answer.headers["x-content-type-options"], ["nosniff"]);
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
