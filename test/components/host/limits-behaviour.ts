import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { applicationLoadBalancerHop, Hop } from "../../../components/host/hop";
import { StartedServer, useLoopbackServer } from "./loopback-subject";
import { ask, Request } from "./nginx/client";

const domain = "www.example.com";

/** An app that a client may ask twice a minute, and one that it may ask twice at once. */
export const limitedApps: readonly App[] = [
  {
    name: "rare",
    source: {},
    process: { command: ["app"] },
    routes: [{ domain, limits: { requestsPerMinute: 1, burst: 1 } }],
  },
  {
    name: "few",
    source: {},
    process: { command: ["app"] },
    routes: [{ domain, path: "/few/", limits: { connections: 2 } }],
  },
];

const visitor = "127.0.0.9";
const neighbour = "127.0.0.10";

/** What limits do, by whichever web server. Call it in the body of `describe`. */
export function limitsBehaviour(start: (front: Hop[]) => Promise<StartedServer>): void {
  describe("that clients connect to", () => {
    const site = useLoopbackServer(limitedApps, () => start([]));
    const get = (path: string, request?: Request) => ask(site.server, domain, path, request);
    const statuses = async (from: string, headers: Record<string, string> = {}): Promise<number[]> => {
      const found: number[] = [];
      for (let sent = 0; sent < 3; sent++) found.push((await get("/", { from, headers })).status);
      return found;
    };

    it("count each client by itself, whatever it says of others", async () => {
      assert.deepEqual(await statuses(visitor), [200, 200, 429]);
      assert.deepEqual(await statuses(visitor, { "X-Forwarded-For": "203.0.113.5" }), [429, 429, 429]);
      assert.deepEqual(await statuses(neighbour), [200, 200, 429]);
    });

    it("do not count the host's own questions for health", async () => {
      for (let sent = 0; sent < 5; sent++) assert.equal((await get("/")).status, 200);
    });

    it("hold for what is answered at the same time", async () => {
      const request = { from: visitor, headers: { "X-Delay": "500" } };
      const answers = await Promise.all([1, 2, 3, 4].map(() => get("/few/", request)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429, 429]);
      assert.equal((await get("/few/", request)).status, 200);
    });

    it("are said with the headers of every answer", async () => {
      const answer = await get("/", { from: visitor });
      assert.deepEqual([answer.status, answer.headers["x-content-type-options"]], [429, ["nosniff"]]);
    });
  });

  describe("behind a load balancer", () =>
    countsNamedClients(() => start([applicationLoadBalancerHop({ addresses: ["127.0.0.0/8"] })])));
}

/** Clients are told apart as the hop in front names them, which proves itself by headers where it has to. */
export function countsNamedClients(start: () => Promise<StartedServer>, proof: Record<string, string> = {}): void {
  const site = useLoopbackServer(limitedApps, start);

  it("count the client that it names, not the hop, and not whom the client names", async () => {
    const status = async (list: string): Promise<number> => {
      const headers = { ...proof, "X-Forwarded-For": list };
      return (await ask(site.server, domain, "/", { from: visitor, headers })).status;
    };
    const found: number[] = [];
    for (const list of ["203.0.113.5", "198.51.100.1, 203.0.113.5", "198.51.100.2, 203.0.113.5", "203.0.113.6"])
      found.push(await status(list));
    assert.deepEqual(found, [200, 200, 429, 200]);
  });
}
