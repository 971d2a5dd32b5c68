import assert from "node:assert/strict";
import { type App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { WebProgram } from "../../../../components/app/web";
import { apacheProblems } from "../../../../components/host/apache/problems";
import { applicationLoadBalancerHop, networkLoadBalancerHop } from "../../../../components/host/hop";
import { directHops, type HopChain } from "../../../../components/host/hops";
import { sampleApps } from "../nginx/sample-apps";
import { sampleApp } from "../../app/sample-app";

const apache = { program: WebProgram.Apache };
const paths = (apps: readonly App[], hops: HopChain = directHops, web: object = apache): string[] =>
  apacheProblems(hops, apps, web).map(({ path }) => path);

describe("what Apache httpd cannot do", () => {
  it("is nothing of what one process of an app needs", () => assert.deepEqual(paths(sampleApps), []));

  it("is to believe the PROXY protocol of one address only, or to answer a balancer that names nobody", () => {
    const front = [
      networkLoadBalancerHop({ proxyProtocolFrom: ["10.0.0.0/24"] }),
      applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] }),
    ];
    assert.deepEqual(paths([], { ...directHops, front }), ["front[0].namesClient", "front[1].asksHealth"]);
    assert.deepEqual(paths([], { ...directHops, front }, {}), []);
  });

  it("is to share out requests here", () =>
    assert.deepEqual(
      paths([
        sampleApp({ servers: [{ address: "10.0.0.1", port: 80 }] }),
        sampleApp({ process: { command: ["serve"], instances: 2 } }),
      ]),
      ["apps[0].servers", "apps[1].process.instances"],
    ));

  it("is to wait for one port as long as two routes want", () => {
    const routes = [
      { domain: "a.example", path: "/a/", stripPrefix: true },
      { domain: "a.example", path: "/b/", stripPrefix: true, readTimeoutSeconds: 20 },
      { domain: "a.example", path: "/c/", readTimeoutSeconds: 20 },
    ];
    assert.deepEqual(paths([sampleApp({ routes, listen: { via: ListenVia.Port, port: 9000 } })]), [
      "apps[0].routes[1]",
    ]);
    assert.deepEqual(paths([sampleApp({ routes })]), []);
    const kept = [
      { domain: "a.example", path: "/c/", readTimeoutSeconds: 20 },
      { domain: "a.example", pattern: "/.*/search/" },
    ];
    assert.deepEqual(paths([sampleApp({ routes: kept, listen: { via: ListenVia.Port, port: 9000 } })]), [
      "apps[0].routes[1]",
    ]);
  });
});
