import assert from "node:assert/strict";
import { applicationLoadBalancerHop } from "../../../../components/host/hop";
import { hoppedApp, hopsBehaviour } from "../hops-behaviour";
import { EchoApp } from "./echo-app";
import { askHop, FrontHop } from "./front-hop";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";

describe("hops in front of a real nginx", function () {
  this.timeout(30_000);

  it("hear from nginx that an app is silent, before they give up themselves", async () => {
    const hop = { ...applicationLoadBalancerHop({ addresses: ["127.0.1.1/32"] }), answerSeconds: 7 };
    const nginx = await RunningNginx.start([hoppedApp], { front: [hop] });
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

  hopsBehaviour({ start: (apps, front) => RunningNginx.start(apps, { front }) });
});
