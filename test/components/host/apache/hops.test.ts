import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { proofFile } from "../../../../components/host/nginx/proof";
import { proofLine } from "../../../../components/host/apache/proof";
import {
  applicationLoadBalancerHop,
  cloudFrontHop,
  type Hop,
  originSecretHeader,
} from "../../../../components/host/hop";
import { EchoApp, type Seen } from "../nginx/echo-app";
import { askHop, FrontHop, type Next } from "../nginx/front-hop";
import { lies } from "../nginx/lies";
import { RunningApache } from "./running-apache";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

/** Where the client is, and another that connects to httpd past the hops. */
const client = "127.0.5.1";
const stranger = "127.0.6.1";

describe("hops in front of a real httpd", function () {
  this.timeout(30_000);

  for (const count of [1, 3]) {
    describe(`${count} of them`, () => {
      const addresses = Array.from({ length: count }, (_, index) => `127.0.1.${index + 1}`);
      const hops: FrontHop[] = [];
      let apache: RunningApache;
      let echo: EchoApp;
      let tls: NonNullable<Next["tls"]>;

      before(async () => {
        const front: Hop[] = addresses.map((address) => ({
          ...applicationLoadBalancerHop({ addresses: [`${address}/32`] }),
          asksHealth: false,
        }));
        apache = await RunningApache.start([app], { front });
        echo = new EchoApp("root", apache.socket("root"));
        await echo.start();
        tls = { servername: domain, ca: apache.certificate(domain) };
        let next: Next = { port: apache.httpsPort, tls };
        for (const address of [...addresses].reverse()) {
          const hop = await FrontHop.start(address, next);
          hops.unshift(hop);
          next = { port: hop.port };
        }
      });
      after(async () => {
        for (const hop of hops) await hop.stop();
        await echo?.stop();
        await apache?.stop();
      });

      const told = async (
        port: number,
        from: string,
        headers: object,
        direct = false,
      ): Promise<(string | undefined)[]> => {
        const all = { Host: domain, ...headers };
        const { status, body } = await askHop({ port, from, path: "/a?b", headers: all, ...(direct && { tls }) });
        assert.equal(status, 200, body);
        const heard = (JSON.parse(body) as Seen).headers;
        return ["x-real-ip", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"].map((name) => heard[name]);
      };
      const expected = (address: string): string[] => [address, address, "https", `${domain}:${apache.httpsPort}`];

      it("tell the app the client's own address", async () =>
        assert.deepEqual(await told(hops[0]!.port, client, {}), expected(client)));

      it("do not make it believe what the client says", async () => {
        assert.deepEqual(await told(hops[0]!.port, client, lies), expected(client));
        const named = { ...lies, "X-Forwarded-For": `6.6.6.6, ${addresses[0]}` };
        assert.deepEqual(await told(hops[0]!.port, client, named), expected(client));
      });

      it("are not believed to have sent who comes past them", async () =>
        assert.deepEqual(await told(apache.httpsPort, stranger, lies, true), expected(stranger)));

      it("leave the client's address in the log", async () => {
        await told(hops[0]!.port, client, lies);
        assert.ok(apache.accessLog().every((line) => [client, stranger].includes(line["client"] ?? "")));
      });
    });
  }

  describe("one that proves itself", () => {
    const secret = "s".repeat(40);
    const [proven, marked] = [
      cloudFrontHop({ provesItself: true }),
      cloudFrontHop({ provesItself: true, isOnlyWay: true }),
    ];
    const running: { apache?: RunningApache; echo?: EchoApp } = {};
    afterEach(async () => {
      await running.echo?.stop();
      await running.apache?.stop();
    });

    const start = async (
      hop: Hop,
    ): Promise<(headers: object, from?: string) => Promise<[number, string?, string?]>> => {
      const written = {
        [proofFile(originSecretHeader)]: ["old".padEnd(40, "o"), secret]
          .map((value) => proofLine(originSecretHeader).replace("%s", value))
          .join(""),
      };
      const apache = (running.apache = await RunningApache.start([app], { front: [hop] }, written));
      running.echo = new EchoApp("root", apache.socket("root"));
      await running.echo.start();
      const tls = { servername: domain, ca: apache.certificate(domain) };
      return async (headers, from = client) => {
        const question = { port: apache.httpsPort, from, path: "/", headers: { Host: domain, ...headers }, tls };
        const { status, body } = await askHop(question);
        if (status !== 200) return [status];
        const heard = (JSON.parse(body) as Seen).headers;
        return [status, heard["x-forwarded-for"], heard[originSecretHeader.toLowerCase()]];
      };
    };

    it("is believed by its proof about the client, and the app hears no proof", async () => {
      const ask = await start(proven);
      const headers = { [originSecretHeader]: secret, "X-Forwarded-For": "6.6.6.6, 203.0.113.9" };
      assert.deepEqual(await ask(headers), [200, "203.0.113.9", undefined]);
    });

    it("cannot be passed by, but by the host itself", async () => {
      const ask = await start(proven);
      const lie = { "X-Forwarded-For": "6.6.6.6" };
      assert.deepEqual(await ask(lie), [403]);
      assert.deepEqual(await ask({ ...lie, [originSecretHeader]: `${secret}x` }), [403]);
      assert.deepEqual(await ask(lie, "127.0.0.1"), [200, "127.0.0.1", undefined]);
    });

    it("has nothing to prove where its mark is not, and is not believed then", async () => {
      const ask = await start(marked);
      const lie = { "X-Forwarded-For": "6.6.6.6" };
      assert.deepEqual(await ask(lie), [200, client, undefined]);
      assert.deepEqual(await ask({ ...lie, "X-Amz-Cf-Id": "id" }), [403]);
      assert.deepEqual(
        await ask({ "X-Amz-Cf-Id": "id", [originSecretHeader]: secret, "X-Forwarded-For": "203.0.113.9" }),
        [200, "203.0.113.9", undefined],
      );
    });
  });
});
