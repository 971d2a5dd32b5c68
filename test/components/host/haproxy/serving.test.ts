import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { App } from "../../../../components/app/app";
import { BalanceMethod } from "../../../../components/app/balance";
import { networkLoadBalancerHop } from "../../../../components/host/hop";
import { ask, speak } from "../nginx/client";
import { EchoApp, Seen } from "../nginx/echo-app";
import { askHop, Next } from "../nginx/front-hop";
import { lies } from "../nginx/lies";
import { inBytes, TcpHop } from "../nginx/tcp-hop";
import { freePort, freePorts } from "../../../loopback/ports";
import { RunningHaproxy } from "./running-haproxy";

const domain = "www.example.com";
const process = { command: ["app"] };
const root: App = { name: "root", source: {}, process, routes: [{ domain }] };
const chat: App = {
  name: "chat",
  source: {},
  process,
  routes: [
    { domain, path: "/chat/", websocket: true, readTimeoutSeconds: 3 },
    { domain, path: "/slow/", readTimeoutSeconds: 2, maxBodyMiB: 1 },
  ],
};
const [client, stranger] = ["127.0.5.1", "127.0.6.1"];

describe("a real HAProxy", function () {
  this.timeout(30_000);
  const started: { stop(): Promise<void> }[] = [];
  after(async () => {
    for (const one of started.reverse()) await one.stop();
  });
  const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
    started.push(one);
    return one;
  };
  async function echo(name: string, address: string | number): Promise<EchoApp> {
    const app = keep(new EchoApp(name, address));
    await app.start();
    return app;
  }
  const tls: NonNullable<Next["tls"]> = { servername: domain, ca: "" };
  before(async () => {
    const proxy = keep(await RunningHaproxy.start([root]));
    tls.ca = proxy.certificate(domain);
  });

  describe("with routes of its own", () => {
    let proxy: RunningHaproxy;
    before(async () => {
      // A client may be silent for one second: not while it waits for an answer.
      const shorter = (text: string): string => text.replace("timeout client 30s", "timeout client 1s");
      proxy = keep(await RunningHaproxy.start([root, chat], {}, shorter));
      await echo("root", proxy.socket("root"));
      await echo("chat", proxy.socket("chat"));
    });

    it("waits for an app as long as its route says, and longer than for a client", async () => {
      const answer = await ask(proxy, domain, "/slow/", { headers: { "X-Delay": "1500" } });
      assert.equal(answer.status, 200);
      const late = await ask(proxy, domain, "/slow/", { headers: { "X-Delay": "4000" } });
      assert.equal(late.status, 504);
    });

    it("lets a websocket be silent for as long as its route says", async () => {
      const socket = new WebSocket(`wss://127.0.0.1:${proxy.httpsPort}/chat/`, {
        ...tls,
        headers: { Host: domain },
      });
      await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
      await pause(1500);
      assert.equal(socket.readyState, WebSocket.OPEN);
      await new Promise((resolve) => socket.once("close", resolve));
    });

    it("upgrades nothing where no websocket is allowed, and to nothing else where one is", async () => {
      for (const [path, protocol] of [
        ["/", "websocket"],
        ["/chat/", "h2c"],
      ]) {
        const said = await speak(
          proxy,
          domain,
          `GET ${path} HTTP/1.1\r\nHost: ${domain}\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n` +
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        );
        assert.match(said, /^HTTP\/1\.1 200 /, said);
        assert.doesNotMatch(said, /"upgrade":/);
      }
    });

    it("finds a route however its path is spelled", async () => {
      const { body } = await ask(proxy, domain, "/%63hat//x");
      assert.deepEqual([(JSON.parse(body) as Seen).app, (JSON.parse(body) as Seen).url], ["chat", "/%63hat//x"]);
    });

    it("takes as much as a route says that it takes", async () => {
      const sent = async (length: number): Promise<number> => {
        const headers = { "Content-Length": String(length) };
        return (await ask(proxy, domain, "/slow/", { method: "POST", headers, body: "a".repeat(length) })).status;
      };
      assert.equal(await sent(1024 * 1024), 200);
      const headers = { "Content-Length": String(1024 * 1024 + 1) };
      assert.equal((await ask(proxy, domain, "/slow/", { method: "POST", headers, body: "a" })).status, 413);
    });

    it("answers an app that is not there by 503, with the headers that all answers have", async () => {
      const alone = keep(await RunningHaproxy.start([root]));
      const { status, headers } = await ask(alone, domain, "/");
      assert.deepEqual([status, headers["x-content-type-options"]], [503, ["nosniff"]]);
    });
  });

  it("behind a hop that speaks the PROXY protocol: hears of the client, and lets nobody past it", async () => {
    const front = [networkLoadBalancerHop({ proxyProtocolFrom: ["127.0.1.1/32"] })];
    // Here all come from addresses of the host, of which 127.0.0.2 stands for the host itself.
    const here = (text: string): string => text.replaceAll("src 127.0.0.0/8 ::1", "src 127.0.0.2 127.0.0.1");
    const proxy = keep(await RunningHaproxy.start([root], { front }, here));
    await echo("root", proxy.socket("root"));
    const headers = { Host: domain, ...lies };
    const hop = keep(await TcpHop.start("127.0.1.1", proxy.httpsPort, inBytes));
    const { body } = await askHop({ port: hop.port, from: client, path: "/", headers, tls });
    assert.equal((JSON.parse(body) as Seen).headers["x-real-ip"], client);
    await assert.rejects(
      askHop({ port: proxy.httpsPort, from: stranger, path: "/", headers, tls }),
      /ECONNRESET|hang up|disconnected/,
    );
    const itself = await askHop({ port: proxy.httpsPort, from: "127.0.0.2", path: "/", headers, tls });
    assert.equal(itself.status, 200);
  });

  describe("with servers elsewhere", () => {
    const far = async (more: Partial<App>): Promise<{ proxy: RunningHaproxy; apps: EchoApp[] }> => {
      const ports = await freePorts(3);
      const servers = ports.map((port) => ({ address: "127.0.0.1", port }));
      const apps: EchoApp[] = [];
      for (const [index, port] of ports.entries()) apps.push(await echo(String(index), port));
      const proxy = keep(
        await RunningHaproxy.start([{ name: "far", source: {}, routes: [{ domain }], servers, ...more }]),
      );
      return { proxy, apps };
    };
    const answered = async (proxy: RunningHaproxy, headers: Record<string, string> = {}): Promise<string> => {
      const { status, body } = await ask(proxy, domain, "/", { headers });
      return status === 200 ? (JSON.parse(body) as Seen).app : String(status);
    };

    it("asks one after the other", async () => {
      const { proxy } = await far({});
      const asked = [];
      for (let i = 0; i < 6; i++) asked.push(await answered(proxy));
      assert.deepEqual(asked.sort(), ["0", "0", "1", "1", "2", "2"]);
    });

    it("asks the same for a client's address", async () => {
      const { proxy } = await far({ balance: { method: BalanceMethod.ClientAddress } });
      const asked = new Set<string>();
      for (let i = 0; i < 6; i++) asked.add(await answered(proxy));
      assert.equal(asked.size, 1);
    });

    it("moves a sticky client on when its server dies, and fails nobody's request", async () => {
      const { proxy, apps } = await far({ balance: { sticky: true } });
      const first = await ask(proxy, domain, "/");
      const Cookie = first.headers["set-cookie"]![0]!.split(";")[0]!;
      const mine = (JSON.parse(first.body) as Seen).app;
      assert.deepEqual([await answered(proxy, { Cookie }), await answered(proxy, { Cookie })], [mine, mine]);
      await apps[Number(mine)]!.stop();
      const after = [];
      for (let i = 0; i < 20; i++) after.push(await answered(proxy, { Cookie }));
      assert.ok(
        after.every((one) => /^[012]$/.test(one) && one !== mine),
        after.join(),
      );
    });

    it("lets requests wait that are more than a server may have at once", async () => {
      const port = await freePort();
      const servers = [{ address: "127.0.0.1", port, maxConnections: 1 }];
      const waiting: App = { name: "far", source: {}, routes: [{ domain }], servers, balance: { queueSeconds: 1 } };
      const proxy = keep(await RunningHaproxy.start([waiting]));
      await echo("one", port);
      const both = (delay: string): Promise<string[]> =>
        Promise.all([answered(proxy, { "X-Delay": delay }), answered(proxy, { "X-Delay": delay })]);
      assert.deepEqual(await both("300"), ["one", "one"]);
      assert.deepEqual((await both("1800")).sort(), ["503", "one"]);
    });

    it("asks a backup only when nobody else is there", async () => {
      const ports = await freePorts(2);
      const servers = ports.map((port, index) => ({ address: "127.0.0.1", port, backup: index === 1 }));
      const apps = [await echo("first", ports[0]!), await echo("backup", ports[1]!)];
      const proxy = keep(await RunningHaproxy.start([{ name: "far", source: {}, routes: [{ domain }], servers }]));
      assert.deepEqual([await answered(proxy), await answered(proxy)], ["first", "first"]);
      await apps[0]!.stop();
      const deadline = Date.now() + 10_000;
      while ((await answered(proxy)) !== "backup") assert.ok(Date.now() < deadline);
    });
  });
});
