import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { problemText } from "../../../components/app/problem";
import { balancerHop } from "../../../components/host/balancer-hop";
import { cloudFrontHop, Hop, applicationLoadBalancerHop, networkLoadBalancerHop } from "../../../components/host/hop";
import { hopProblems } from "../../../components/host/hop-problems";
import { directHops } from "../../../components/host/hops";

const subnets = ["10.0.1.0/24", "10.0.2.0/24"];
const edges = ["203.0.113.0/24", "2001:db8:1::/48"];
const app = (route: object): App => ({
  name: "api",
  source: {},
  process: { command: ["api"] },
  routes: [{ domain: "www.example.com", ...route }],
});

/** What is said, one line for each problem. */
const said = (front: readonly Hop[], route: object = {}): string[] =>
  hopProblems({ ...directHops, front }, [app(route)]).map((problem) => `${problem.path} ${problemText(problem)}`);

describe("hopProblems", () => {
  const good: Record<string, Hop[]> = {
    "clients that connect to nginx": [],
    "a load balancer": [applicationLoadBalancerHop({ addresses: subnets })],
    "a CDN": [cloudFrontHop({ addresses: edges })],
    "a CDN before a load balancer": [
      cloudFrontHop({ addresses: edges }),
      applicationLoadBalancerHop({ addresses: subnets }),
    ],
    "a balancer of ours": [balancerHop({ addresses: ["10.0.1.5/32"] })],
    "a CDN and a load balancer before a balancer of ours": [
      cloudFrontHop({ addresses: edges }),
      applicationLoadBalancerHop({ addresses: subnets }),
      balancerHop({ addresses: ["10.0.1.5/32"] }),
    ],
    "a network load balancer": [networkLoadBalancerHop()],
    "a network load balancer that speaks the PROXY protocol": [networkLoadBalancerHop({ proxyProtocolFrom: subnets })],
    "a network load balancer between a CDN and a load balancer": [
      cloudFrontHop({ addresses: edges }),
      networkLoadBalancerHop(),
      applicationLoadBalancerHop({ addresses: subnets }),
    ],
  };
  for (const [name, front] of Object.entries(good)) {
    it(`finds nothing wrong with ${name}`, () => assert.deepEqual(said(front), []));
  }

  it("lets a stream be silent for longer than a hop waits, as a websocket", () =>
    assert.deepEqual(
      said([applicationLoadBalancerHop({ addresses: subnets })], { stream: true, readTimeoutSeconds: 600 }),
      [],
    ));

  it("refuses addresses from which anybody could say who the client is", () =>
    assert.deepEqual(said([applicationLoadBalancerHop({ addresses: ["0.0.0.0/0", "::/0"] })]), [
      'front[0].addresses[0] "0.0.0.0/0" are all addresses, so that any client could say who it is; give the CIDRs that the hop connects from',
      'front[0].addresses[1] "::/0" are all addresses, so that any client could say who it is; give the CIDRs that the hop connects from',
    ]));

  it("refuses a Strict-Transport-Security of a route that a hop says in its place", () =>
    assert.deepEqual(
      said([{ ...cloudFrontHop({ addresses: edges }), saysStrictTransport: true }], {
        security: { strictTransport: { seconds: 600 } },
      }),
      [
        'apps[0].routes[0].security.strictTransport {"seconds":600} has no effect, the CDN says Strict-Transport-Security; say it there, or leave front[0].saysStrictTransport out',
      ],
    ));

  it("refuses what are no addresses, and none at all", () =>
    assert.deepEqual(
      said([cloudFrontHop({ addresses: ["10.0.0.1", "edge"] }), applicationLoadBalancerHop({ addresses: [] })]),
      [
        'front[0].addresses[0] "10.0.0.1" is an address without a prefix length; write it as "10.0.0.1/32"',
        'front[0].addresses[1] "edge" is not an address range; write it like "10.0.0.0/8"',
        "front[1].addresses [] is empty, so every client would seem to be the load balancer; give the CIDRs that it connects from",
      ],
    ));

  it("needs no addresses of a hop that proves itself, unless another one is before it", () => {
    const proving = cloudFrontHop({ provesItself: true });
    assert.deepEqual(said([proving, applicationLoadBalancerHop({ addresses: subnets })]), []);
    assert.deepEqual(said([cloudFrontHop({})]), [
      "front[0].addresses [] is empty, so every client would seem to be the CDN; give the CIDRs that it connects from",
    ]);
    const outer = { ...cloudFrontHop({ addresses: edges }), name: "the other CDN" };
    assert.deepEqual(said([outer, { ...proving, idleSeconds: 60 }]), [
      "front[1].addresses [] is empty, so the other CDN before the CDN would be taken for the client; give the CIDRs that it connects from",
    ]);
  });

  it("refuses marks without a proof, and those that are no headers", () => {
    const marked = cloudFrontHop({ provesItself: true, isOnlyWay: true });
    assert.deepEqual(said([marked]), []);
    assert.deepEqual(said([cloudFrontHop({ addresses: edges, isOnlyWay: true })]), [
      'front[0].markedBy "X-Amz-Cf-Id" marks what nothing has to prove; give provesBy as well, or leave it out',
    ]);
    assert.deepEqual(said([{ ...marked, markedBy: "a;}" }]), [
      'front[0].markedBy "a;}" is no name of a header; use letters, digits and hyphens',
    ]);
  });

  it("refuses proofs that prove nothing, and headers that are not ours alone", () => {
    const proving = cloudFrontHop({ addresses: edges, provesItself: true });
    assert.deepEqual(said([proving]), []);
    assert.deepEqual(
      said([proving, { ...applicationLoadBalancerHop({ addresses: subnets }), provesBy: "x-landfall-origin-secret" }]),
      [
        'front[0].provesBy "X-Landfall-Origin-Secret" proves two hops, and one could not be told from the other; give each a header of its own',
        'front[1].provesBy "x-landfall-origin-secret" proves two hops, and one could not be told from the other; give each a header of its own',
      ],
    );
    for (const provesBy of ["Cookie", "X-", "X-a b", "X-a;}"])
      assert.match(said([{ ...proving, provesBy }])[0] ?? "", /cannot be the name of such a header; use X-/, provesBy);
    assert.deepEqual(said([{ ...networkLoadBalancerHop(), provesBy: "X-Proof" }]), [
      'front[0].provesBy "X-Proof" is not sent by the network load balancer, which only passes connections on; leave it out',
    ]);
  });

  it("refuses to believe a hop that names nobody", () =>
    assert.deepEqual(said([{ ...networkLoadBalancerHop(), addresses: subnets }]), [
      'front[0].addresses ["10.0.1.0/24","10.0.2.0/24"] would be believed about clients, whom the network load balancer does not name; leave the list empty',
    ]));

  it("refuses the PROXY protocol where nginx does not see it, or would learn nothing of the client", () => {
    const proxying = networkLoadBalancerHop({ proxyProtocolFrom: subnets });
    assert.deepEqual(said([proxying, applicationLoadBalancerHop({ addresses: subnets })]), [
      'front[0].namesClient "proxy-protocol" begins the connections to the load balancer, which is between the network load balancer and nginx; let the hop that connects to nginx speak it, or leave it out',
    ]);
    assert.deepEqual(said([cloudFrontHop({ addresses: edges }), proxying]), [
      'front[1].namesClient "proxy-protocol" tells nginx the address of the CDN, which names the client in a header that nginx then does not read; let the network load balancer pass packets on with the address in them ("in-packets")',
    ]);
    assert.deepEqual(said([networkLoadBalancerHop({ proxyProtocolFrom: [] })]), [
      "front[0].addresses [] is empty, so every client would seem to be the network load balancer; give the CIDRs that it connects from",
    ]);
  });

  it("refuses what is no hop at all, and what is misspelled, with the property that is meant", () => {
    const front = [
      { ...applicationLoadBalancerHop({ addresses: subnets }), idleSecond: 60 },
      "cdn",
    ] as unknown as Hop[];
    assert.deepEqual(said(front), [
      'front[0].idleSecond is not a property that is known here; did you mean "idleSeconds"?',
      'front[1] "cdn" is a text; give an object',
    ]);
    assert.deepEqual(said(7 as unknown as Hop[]), ["front 7 is a number; give a list"]);
  });

  it("refuses figures that are none, all of them at once", () =>
    assert.deepEqual(
      said([
        { ...applicationLoadBalancerHop({ addresses: subnets }), idleSeconds: 0, keepSeconds: 1.5, answerSeconds: -1 },
      ]),
      [
        "front[0].idleSeconds 0 is no whole number from 1 on; give seconds",
        "front[0].keepSeconds 1.5 is no whole number from 1 on; give seconds",
        "front[0].answerSeconds -1 is no whole number from 1 on; give seconds",
      ],
    ));

  it("names the two hops of which the outer keeps a connection longer than the inner", () =>
    assert.deepEqual(
      said([
        cloudFrontHop({ addresses: edges, keepSeconds: 60 }),
        applicationLoadBalancerHop({ addresses: subnets, idleSeconds: 60 }),
      ]),
      [
        "front[0].keepSeconds 60 is not below the 60 s for which the load balancer behind the CDN keeps an idle connection; set it below 60, or front[1].idleSeconds above 60",
      ],
    ));

  it("looks past a hop that only passes connections on", () =>
    assert.equal(
      said([
        cloudFrontHop({ addresses: edges, keepSeconds: 100 }),
        networkLoadBalancerHop(),
        applicationLoadBalancerHop({ addresses: subnets, idleSeconds: 60 }),
      ]).length,
      1,
    ));

  it("refuses a route that waits as long as a hop in front, and names each", () =>
    assert.deepEqual(
      said([cloudFrontHop({ addresses: edges }), applicationLoadBalancerHop({ addresses: subnets })], {
        readTimeoutSeconds: 60,
      }),
      [
        "apps[0].routes[0].readTimeoutSeconds 60 is not below the 30 s after which the CDN gives up; wait less, or set front[0].answerSeconds above 60",
        "apps[0].routes[0].readTimeoutSeconds 60 is not below the 60 s after which the load balancer gives up; wait less, or set front[1].answerSeconds above 60",
      ],
    ));

  it("lets websockets be silent for longer: their hops close those by themselves", () =>
    assert.deepEqual(
      said([applicationLoadBalancerHop({ addresses: subnets })], { websocket: true, readTimeoutSeconds: 3600 }),
      [],
    ));

  it("refuses uploads and websockets that a hop does not let through", () =>
    assert.deepEqual(
      said([{ ...cloudFrontHop({ addresses: edges }), maxBodyMiB: 100, websockets: false }], {
        maxBodyMiB: 101,
        websocket: true,
      }),
      [
        "apps[0].routes[0].maxBodyMiB 101 is more than the 100 MiB that the CDN takes; take less, or let such uploads reach nginx by another way",
        "apps[0].routes[0].websocket true cannot pass the CDN; leave it out, or let clients of this route pass by the CDN",
      ],
    ));
});
