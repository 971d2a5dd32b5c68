import assert from "node:assert/strict";
import { strangersName } from "../../../../components/host/apache/default-site";
import { proofLine } from "../../../../components/host/apache/proof";
import { networkLoadBalancerHop } from "../../../../components/host/hop";
import { healthPath } from "../../../../components/host/hops";
import { askedApp, askingFront, healthBehaviour } from "../health-behaviour";
import { client, hoppedApp, hopsBehaviour } from "../hops-behaviour";
import { EchoApp } from "../nginx/echo-app";
import { askHop } from "../nginx/front-hop";
import { inBytes, TcpHop } from "../nginx/tcp-hop";
import { provingBehaviour } from "../proof-behaviour";
import { proxyProtocolBehaviour } from "../proxy-protocol-behaviour";
import { RunningApache } from "./running-apache";

describe("hops in front of a real httpd", function () {
  this.timeout(30_000);

  hopsBehaviour({
    start: (apps, front) => RunningApache.start(apps, { front }),
    beside: ["connection"],
  });

  describe("one that asks for health and names nobody", () => {
    healthBehaviour(() => RunningApache.start([askedApp], { front: askingFront }), 503);
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

  describe("one that proves itself", () =>
    provingBehaviour((apps, front, written) => RunningApache.start(apps, { front }, written), proofLine));
});
