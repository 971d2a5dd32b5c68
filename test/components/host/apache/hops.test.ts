import assert from "node:assert/strict";
import { proofFile } from "../../../../components/host/nginx/proof";
import { strangersName } from "../../../../components/host/apache/default-site";
import { proofLine } from "../../../../components/host/apache/proof";
import { healthPath } from "../../../../components/host/hops";
import { cloudFrontHop, type Hop, networkLoadBalancerHop, originSecretHeader } from "../../../../components/host/hop";
import { healthBehaviour } from "../health-behaviour";
import { client, hoppedApp, hopsBehaviour } from "../hops-behaviour";
import { EchoApp, type Seen } from "../nginx/echo-app";
import { askHop } from "../nginx/front-hop";
import { proxyProtocolBehaviour } from "../proxy-protocol-behaviour";
import { inBytes, TcpHop } from "../nginx/tcp-hop";
import { RunningApache } from "./running-apache";

const domain = "www.example.com";

describe("hops in front of a real httpd", function () {
  this.timeout(30_000);

  hopsBehaviour({
    start: (apps, front) => RunningApache.start(apps, { front }),
    beside: ["connection"],
  });

  describe("one that asks for health and names nobody", () => {
    healthBehaviour((apps, front) => RunningApache.start(apps, { front }), 503);
  });

  describe("one that speaks the PROXY protocol", () => {
    proxyProtocolBehaviour((apps, front) => RunningApache.start(apps, { front }), "127.0.0.1");
  });

  it("one that asks by the PROXY protocol is not anybody who says so", async () => {
    const asker = "127.0.1.1";
    const front = [{ ...networkLoadBalancerHop({ proxyProtocolFrom: [`${asker}/32`] }), asksHealth: true }];
    const apache = await RunningApache.start([hoppedApp], { front });
    const echo = new EchoApp("root", apache.socket("root"));
    await echo.start();
    const hops = [asker, client].map((from) => TcpHop.start(from, apache.httpsPort, () => inBytes(asker, 1)));
    try {
      const statuses = (await Promise.all(hops)).map(async ({ port }) => {
        const tls = { servername: "", ca: apache.certificate(strangersName), checkServerIdentity: () => undefined };
        return (await askHop({ port, from: client, path: healthPath("root"), headers: { Host: "127.0.0.1" }, tls }))
          .status;
      });
      assert.deepEqual(await Promise.all(statuses), [200, 403]);
    } finally {
      for (const hop of await Promise.all(hops)) await hop.stop();
      await echo.stop();
      await apache.stop();
    }
  });

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
      const apache = (running.apache = await RunningApache.start([hoppedApp], { front: [hop] }, written));
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
