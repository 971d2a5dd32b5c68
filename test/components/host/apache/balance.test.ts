import assert from "node:assert/strict";
import { createServer } from "node:http";
import { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { ServersTls } from "../../../../components/app/balance";
import { balancerHop } from "../../../../components/host/balancer-hop";
import { HopChain } from "../../../../components/host/hops";
import { freePorts } from "../../../loopback/ports";
import { sharedDomain as domain } from "../balanced";
import { ask } from "../nginx/client";
import { EchoApp, Seen } from "../nginx/echo-app";
import { lies } from "../nginx/lies";
import { sharingBehaviour } from "../sharing-behaviour";
import { RunningApache } from "./running-apache";

const process = { command: ["app"] };

describe("a real httpd that shares out requests", function () {
  this.timeout(30_000);

  sharingBehaviour((apps: readonly App[], hops: Partial<HopChain>) => RunningApache.start(apps, hops));

  it("sends none again that a server has begun to work on, and says so", async () => {
    let asked = 0;
    const servers = [0, 1].map(() =>
      createServer((request) => {
        asked++;
        request.socket.destroy();
      }),
    );
    for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    const places = ports.map((port) => ({ address: "127.0.0.1", port }));
    const apache = await RunningApache.start([{ name: "shop", source: {}, servers: places, routes: [{ domain }] }]);
    try {
      for (const [method, body] of [
        ["GET", ""],
        ["POST", "a=b"],
      ] as const)
        assert.equal((await ask(apache, domain, "/", { method, body })).status, 502);
      assert.equal(asked, 2);
    } finally {
      await apache.stop();
      for (const server of servers) server.close();
    }
  });
});

describe("instances of an app behind a real httpd", function () {
  this.timeout(30_000);
  const apps: App[] = [
    {
      name: "chat",
      source: {},
      process: { ...process, instances: 3 },
      balance: { sticky: true },
      routes: [
        { domain, path: "/p$y/(v)/", stripPrefix: true, websocket: true },
        { domain, path: "/slow/", readTimeoutSeconds: 1 },
        { domain, pattern: "/.*/find/" },
      ],
    },
    { name: "below", source: {}, process, routes: [{ domain, path: "/slow/below/" }] },
    {
      name: "loop",
      source: {},
      process,
      listen: { via: ListenVia.Port, port: 0 },
      routes: [
        { domain, path: "/a/", stripPrefix: true, readTimeoutSeconds: 1 },
        { domain, path: "/b/", stripPrefix: true },
      ],
    },
  ];
  let apache: RunningApache;
  const echoes: EchoApp[] = [];

  before(async () => {
    const [port = 0] = await freePorts(1);
    apps[2]!.listen = { via: ListenVia.Port, port };
    apache = await RunningApache.start(apps);
    const sockets = ["chat", "chat_2", "chat_3", "below"].map((name) => [name, apache.socket(name)] as const);
    for (const [name, address] of [...sockets, ["loop", port] as const]) {
      const echo = new EchoApp(name, address);
      echoes.push(echo);
      await echo.start();
    }
  });
  after(async () => {
    for (const echo of echoes) await echo.stop();
    await apache.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) => ask(apache, domain, path, { headers });
  const path = "/p$y/(v)/x%2Fy//?z";

  it("are asked for the path as it was written, by our name and with our headers", async () => {
    const { app, url, headers } = JSON.parse((await get(path, lies)).body) as Seen;
    assert.match(app, /^chat/);
    assert.deepEqual(
      [url, headers["host"], headers["x-real-ip"], headers["x-forwarded-prefix"]],
      ["/x%2Fy//?z", `${domain}:${apache.httpsPort}`, "127.0.0.1", "/p$y/(v)"],
    );
  });

  it("keep a client by a cookie for all paths of the app, where it has several", async () => {
    const first = await get(path);
    assert.match(
      first.headers["set-cookie"]!.join("\n"),
      /^landfall_chat=[123]; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    );
    const Cookie = first.headers["set-cookie"]![0]!.split(";")[0]!;
    for (const other of [path, "/slow/", "/any/find/"])
      for (let times = 0; times < 4; times++) {
        const answer = await get(other, { Cookie });
        assert.equal((JSON.parse(answer.body) as Seen).app, (JSON.parse(first.body) as Seen).app);
        assert.equal(answer.headers["set-cookie"], undefined);
      }
  });

  it("give their cookie to no client of an app below them", async () => {
    assert.equal((await get("/slow/below/")).headers["set-cookie"], undefined);
  });

  it("keep a websocket's client as well", async () => {
    const Cookie = (await get(path)).headers["set-cookie"]![0]!.split(";")[0]!;
    const { app } = JSON.parse((await get(path, { Cookie })).body) as Seen;
    const options = { servername: domain, ca: apache.certificate(domain), headers: { Host: domain, Cookie } };
    for (let times = 0; times < 4; times++) {
      const socket = new WebSocket(`wss://127.0.0.1:${apache.httpsPort}${path}`, options);
      const first = await new Promise((resolve, reject) => {
        socket.once("message", (data) => resolve(JSON.parse(String(data)) as Seen));
        socket.once("error", reject);
      });
      socket.close();
      assert.equal((first as Seen).app, app);
    }
  });

  it("are waited for as long as the route says, by a port as well", async () => {
    const late = (path: string) => get(path, { "X-Delay": "1600" });
    const answers = await Promise.all([late("/slow/"), late(path), late("/a/"), late("/b/")]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [502, 200, 502, 200],
    );
  });

  it("are asked in turn after a reload", async () => {
    await apache.reload();
    const found = new Set<string>();
    for (let times = 0; times < 6; times++) found.add((JSON.parse((await get(path)).body) as Seen).app);
    assert.deepEqual([...found].sort(), ["chat", "chat_2", "chat_3"]);
  });
});

describe("an httpd of ours in front of a host of ours", function () {
  this.timeout(30_000);
  let behind: RunningApache;
  let echo: EchoApp;
  before(async () => {
    const app: App = { name: "shop", source: {}, process, routes: [{ domain }] };
    behind = await RunningApache.start([app], { front: [balancerHop({ addresses: ["127.0.0.1/32"] })] });
    echo = new EchoApp("shop", behind.socket("shop"));
    await echo.start();
  });
  after(async () => {
    await echo.stop();
    await behind.stop();
  });

  /** What comes of a request by way of a httpd that asks the host by TLS, by a name that the host answers to or another. */
  async function through(serversTls: ServersTls, name = domain): Promise<{ status: number; body: string }> {
    const servers = [{ address: "127.0.0.1", port: behind.httpsPort }];
    const front = await RunningApache.start([
      { name: "shop", source: {}, servers, serversTls, routes: [{ domain: name }] },
    ]);
    try {
      return await ask(front, name, "/", { from: "127.0.5.1", headers: { "X-Forwarded-For": "192.0.2.1" } });
    } finally {
      await front.stop();
    }
  }

  it("has the app know the client, and not the balancer or what the client says", async () => {
    const { status, body } = await through({ authority: behind.certificate(domain) });
    assert.equal(status, 200, body);
    const { headers } = JSON.parse(body) as Seen;
    assert.deepEqual([headers["x-forwarded-for"], headers["x-real-ip"]], ["127.0.5.1", "127.0.5.1"]);
  });

  it("does not ask it when its certificate is signed by another authority", async () =>
    assert.ok([500, 502, 503].includes((await through({ authority: behind.certificate("unknown.invalid") })).status)));

  it("does not ask it when its certificate has another name", async () => {
    const { status } = await through({ authority: behind.certificate(domain) }, "other.example.com");
    assert.ok([500, 502, 503].includes(status), String(status));
  });
});
