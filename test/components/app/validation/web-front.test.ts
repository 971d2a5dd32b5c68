import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { pound } from "../../../../components/app/presets/pound";
import { problemText } from "../../../../components/app/problem";
import { webProblems } from "../../../../components/app/validation/web";
import { Web, WebProgram } from "../../../../components/app/web";
import { TlsFront } from "../../../../components/app/web-front";
import { applicationLoadBalancerHop, networkLoadBalancerHop } from "../../../../components/host/hop";
import { directHops } from "../../../../components/host/hops";
import { tlsFrontProblems } from "../../../../components/host/tls-front";

const app: App = {
  name: "data",
  source: { directory: "data" },
  process: { command: ["data"] },
  listen: { via: "port", port: 8081 },
  routes: [{ domain: "data.example.com" }, { domain: "data.example.com", path: "/socket.io/", websocket: true }],
};

const said = (web: Web): string[] => webProblems(web, [app]).map((one) => `${one.path}: ${problemText(one)}`);

describe("a front of the web server", () => {
  for (const program of Object.values(TlsFront))
    it(`may be ${program}, in Pound's place as well`, () =>
      assert.deepEqual([said({ front: { program } }), said(pound({ program }))], [[], []]));

  const hitch = { program: TlsFront.Hitch };
  const haproxy = { program: TlsFront.HAProxy };
  const table: [what: string, web: Web, problem: string][] = [
    [
      "direct paths behind what reads no requests",
      { front: { ...hitch, direct: ["/socket.io/"] } },
      'web.front.direct: ["/socket.io/"] cannot be told from other paths by hitch, which does not read requests; leave it out: nginx hands these paths to their app. Or take "haproxy"',
    ],
    [
      "a direct path of no route",
      { front: { ...haproxy, direct: ["/other/"] } },
      'web.front.direct[0]: "/other/" is the path of no route that goes to an app; give a route this path',
    ],
    [
      "a direct path said twice",
      { front: { ...haproxy, direct: ["/", "/"] } },
      'web.front.direct[1]: "/" is listed twice; leave one out',
    ],
    [
      "a port of the host",
      { front: { ...hitch, port: 443 } },
      "web.front.port: 443 is a port that the host has taken; use another one",
    ],
    [
      "a port of an app",
      { front: { ...hitch, port: 8081 } },
      "web.front.port: 8081 is also a port of app 'data'; use another one",
    ],
    [
      "a front of what ends TLS itself",
      { program: WebProgram.HAProxy, front: hitch },
      'web.front: {"program":"hitch"} has no effect: HAProxy ends TLS itself; leave it out, or take another web server than HAProxy',
    ],
  ];
  for (const [what, web, problem] of table) it(`cannot have ${what}`, () => assert.deepEqual(said(web), [problem]));

  it("stands behind nothing that names the client in a way that it does not read", () => {
    const problems = (...front: Parameters<typeof tlsFrontProblems>[0]["front"][number][]): string[] =>
      tlsFrontProblems({ ...directHops, front }, { front: hitch }).map(({ path }) => path);
    const balancer = applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] });
    const network = networkLoadBalancerHop({ proxyProtocolFrom: ["10.0.1.0/24"] });
    assert.deepEqual(
      [problems(balancer), problems(network), problems(networkLoadBalancerHop())],
      [["front[0]"], ["front[0]"], []],
    );
  });
});
