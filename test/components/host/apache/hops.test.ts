import assert from "node:assert/strict";
import { proofFile } from "../../../../components/host/nginx/proof";
import { proofLine } from "../../../../components/host/apache/proof";
import { cloudFrontHop, type Hop, originSecretHeader } from "../../../../components/host/hop";
import { client, hoppedApp, hopsBehaviour } from "../hops-behaviour";
import { EchoApp, type Seen } from "../nginx/echo-app";
import { askHop } from "../nginx/front-hop";
import { RunningApache } from "./running-apache";

const domain = "www.example.com";

describe("hops in front of a real httpd", function () {
  this.timeout(30_000);

  hopsBehaviour({
    start: (apps, front) => RunningApache.start(apps, { front }),
    hop: { asksHealth: false },
    beside: ["connection"],
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
