import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { cloudFrontHop, applicationLoadBalancerHop, Hop, originSecretHeader } from "../../../../components/host/hop";
import { proofFile } from "../../../../components/host/nginx/proof";
import { ask } from "./client";
import { EchoApp } from "./echo-app";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const secret = "a".repeat(64);
const apps: readonly App[] = [
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

/** A site with these hops in front. */
function useLimited(front: Hop[], written: Record<string, string> = {}): { nginx(): RunningNginx } {
  let nginx: RunningNginx | undefined;
  const echoes: EchoApp[] = [];
  before(async () => {
    nginx = await RunningNginx.start(apps, { front }, written);
    for (const { name } of apps) {
      const echo = new EchoApp(name, nginx.socket(name));
      await echo.start();
      echoes.push(echo);
    }
  });
  after(async () => {
    for (const echo of echoes) await echo.stop();
    await nginx?.stop();
  });
  return { nginx: () => nginx! };
}

describe("limits of a real nginx", function () {
  this.timeout(30_000);
  const visitor = "127.0.0.9";
  const neighbour = "127.0.0.10";

  describe("that clients connect to", () => {
    const { nginx } = useLimited([]);
    const statuses = async (from: string, headers: Record<string, string> = {}): Promise<number[]> => {
      const found: number[] = [];
      for (let sent = 0; sent < 3; sent++) found.push((await ask(nginx(), domain, "/", { from, headers })).status);
      return found;
    };

    it("count each client by itself, whatever it says of others", async () => {
      assert.deepEqual(await statuses(visitor), [200, 200, 429]);
      assert.deepEqual(await statuses(visitor, { "X-Forwarded-For": "203.0.113.5" }), [429, 429, 429]);
      assert.deepEqual(await statuses(neighbour), [200, 200, 429]);
    });

    it("do not count the host's own questions for health", async () => {
      for (let sent = 0; sent < 5; sent++) assert.equal((await ask(nginx(), domain, "/")).status, 200);
    });

    it("hold for what is answered at the same time", async () => {
      const request = { from: visitor, headers: { "X-Delay": "500" } };
      const answers = await Promise.all([1, 2, 3, 4].map(() => ask(nginx(), domain, "/few/", request)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429, 429]);
      assert.equal((await ask(nginx(), domain, "/few/", request)).status, 200);
    });

    it("are said with the headers of every answer", async () => {
      const answer = await ask(nginx(), domain, "/", { from: visitor });
      assert.deepEqual([answer.status, answer.headers["x-content-type-options"]], [429, ["nosniff"]]);
    });
  });

  for (const [what, front, headers, written] of [
    ["a load balancer", [applicationLoadBalancerHop({ addresses: ["127.0.0.0/8"] })], {}, {}],
    [
      "a CDN that proves itself",
      [cloudFrontHop({ provesItself: true })],
      { [originSecretHeader]: secret },
      { [proofFile(originSecretHeader)]: `"${secret}" 1;\n` },
    ],
  ] as [string, Hop[], Record<string, string>, Record<string, string>][])
    describe(`behind ${what}`, () => {
      const { nginx } = useLimited(front, written);

      it("count the client that it names, not the hop, and not whom the client names", async () => {
        const status = async (list: string): Promise<number> =>
          (await ask(nginx(), domain, "/", { from: visitor, headers: { ...headers, "X-Forwarded-For": list } })).status;
        const found: number[] = [];
        for (const list of ["203.0.113.5", "198.51.100.1, 203.0.113.5", "198.51.100.2, 203.0.113.5", "203.0.113.6"])
          found.push(await status(list));
        assert.deepEqual(found, [200, 200, 429, 200]);
      });
    });
});
