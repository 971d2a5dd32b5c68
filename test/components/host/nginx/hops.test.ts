import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { Hop, applicationLoadBalancerHop } from "../../../../components/host/hop";
import { EchoApp, Seen } from "./echo-app";
import { askHop, FrontHop, Next } from "./front-hop";
import { lies } from "./lies";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

/** Where the client is, and another that connects to nginx past the hops. */
const client = "127.0.5.1";
const stranger = "127.0.6.1";

describe("hops in front of a real nginx", function () {
  this.timeout(30_000);

  it("hear from nginx that an app is silent, before they give up themselves", async () => {
    const hop = { ...applicationLoadBalancerHop({ addresses: ["127.0.1.1/32"] }), answerSeconds: 7 };
    const nginx = await RunningNginx.start([app], { front: [hop] });
    const echo = new EchoApp("root", nginx.socket("root"));
    await echo.start();
    const tls = { servername: domain, ca: nginx.certificate(domain) };
    const front = await FrontHop.start("127.0.1.1", { port: nginx.httpsPort, tls });
    try {
      const asked = Date.now();
      const headers = { Host: domain, "X-Delay": "20000" };
      const { status } = await askHop({ port: front.port, path: "/", headers });
      assert.equal(status, 504);
      const seconds = (Date.now() - asked) / 1000;
      assert.ok(seconds < hop.answerSeconds, `after ${seconds} s`);
    } finally {
      await front.stop();
      await echo.stop();
      await nginx.stop();
    }
  });

  for (const count of [1, 2, 3]) {
    describe(`${count} of them`, () => {
      const addresses = Array.from({ length: count }, (_, index) => `127.0.1.${index + 1}`);
      const hops: FrontHop[] = [];
      let nginx: RunningNginx;
      let echo: EchoApp;
      let tls: NonNullable<Next["tls"]>;

      before(async () => {
        const front: Hop[] = addresses.map((address) => applicationLoadBalancerHop({ addresses: [`${address}/32`] }));
        nginx = await RunningNginx.start([app], { front });
        echo = new EchoApp("root", nginx.socket("root"));
        await echo.start();
        tls = { servername: domain, ca: nginx.certificate(domain) };
        let next: Next = { port: nginx.httpsPort, tls };
        for (const address of [...addresses].reverse()) {
          const hop = await FrontHop.start(address, next);
          hops.unshift(hop);
          next = { port: hop.port };
        }
      });
      after(async () => {
        for (const hop of hops) await hop.stop();
        await echo?.stop();
        await nginx?.stop();
      });

      const told = async (port: number, from: string, headers: object, direct = false): Promise<Seen["headers"]> => {
        const all = { Host: domain, ...headers };
        const { status, body } = await askHop({ port, from, path: "/a?b", headers: all, ...(direct && { tls }) });
        assert.equal(status, 200, body);
        return (JSON.parse(body) as Seen).headers;
      };

      const expected = (address: string): Record<string, string> => ({
        "x-real-ip": address,
        "x-forwarded-for": address,
        "x-forwarded-proto": "https",
        "x-forwarded-host": `${domain}:${nginx.httpsPort}`,
        "x-forwarded-port": String(nginx.httpsPort),
        "x-scheme": "https",
        "x-request-uri": "/a?b",
      });

      const heard = (headers: Record<string, string>): Record<string, string> => {
        const { host, "x-request-id": id, ...rest } = headers;
        assert.equal(host, `${domain}:${nginx.httpsPort}`);
        assert.match(id ?? "", /^[0-9a-f]{32}$/);
        return rest;
      };

      it("tell the app the client's own address", async () =>
        assert.deepEqual(heard(await told(hops[0]!.port, client, {})), expected(client)));

      it("do not make it believe what the client says", async () =>
        assert.deepEqual(heard(await told(hops[0]!.port, client, lies)), expected(client)));

      it("are not believed to have sent who comes past them", async () =>
        assert.deepEqual(heard(await told(nginx.httpsPort, stranger, lies, true)), expected(stranger)));

      it("leave the client's address in the log", async () => {
        await told(hops[0]!.port, client, lies);
        assert.ok((await nginx.accessLog()).every((line) => [client, stranger].includes(line.client ?? "")));
      });
    });
  }
});
