import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createSecureContext } from "node:tls";
import type { App } from "../../components/app/app";
import type { Balance, BalancedServer } from "../../components/app/balance";
import { serviceUnit } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { WebProgram } from "../../components/app/web";
import { balancerHop } from "../../components/host/balancer-hop";
import { balanceApps, balanceBehaviour, balanceDomain } from "../behaviour/balance";
import type { Seen } from "../behaviour/subject";
import { load, LoadArgs, LoadResult } from "../load";
import { eventually } from "../eventually";
import { newStack, SiteAnswer, SiteRequest, TestSite, useSite } from "./site";

const stack = newStack();
const domain = "shop.example.com";

/** Sends requests at an even rate to a site, in many at a time, whatever becomes of them. */
function visit(site: TestSite, name: string, args: Omit<LoadArgs, "target">): Promise<LoadResult> {
  const target = { ...site.target(name), secureContext: createSecureContext({ ca: site.ca }) };
  return load({ ...args, target, tls: true, headers: { Host: `${name}:${site.httpsPort}`, ...args.headers } });
}

const said = ({ failed }: LoadResult): string =>
  failed.map(({ method, after, reason }) => `${method} after ${after.toFixed(1)} s: ${reason}`).join("\n");

describe("several instances of an app", function () {
  this.timeout(60_000);
  const site = useSite({ stack, name: "balancer", debian: 12, apps: [...balanceApps] });

  balanceBehaviour(site);

  /** The apps with something changed of the first. */
  const changed = (change: (app: App) => App): App[] =>
    balanceApps.map((app, index) => (index === 0 ? change(app) : app));

  /** Expects every visitor of the first app to be answered while it changes. */
  const expectNoneFailed = async (apps: App[]): Promise<void> => {
    const visits = visit(site, balanceDomain, { path: "/turns/", body: "a", requestsPerSecond: 50, seconds: 10 });
    await pause(500);
    await site.apply(apps);
    const result = await visits;
    assert.equal(said(result), "");
  };

  it("get a release one after the other, without a lost request", async () => {
    await expectNoneFailed(changed((app) => ({ ...app, environment: { ECHO: "another" } })));
    const began = await Promise.all(
      [1, 2, 3].map(async (instance) => {
        const show = ["systemctl", "show", "--value", "--property=ExecMainStartTimestampMonotonic"];
        return Number(await site.machine.exec([...show, serviceUnit("turns", instance)]));
      }),
    );
    assert.ok(began[0]! < began[1]! && began[1]! < began[2]!, began.join());
  });

  it("are made fewer and more again, without a lost request and without a trace", async () => {
    const one = changed((app) => ({ ...app, process: { ...app.process!, instances: 1 } }));
    await expectNoneFailed(one);
    const units = await site.machine.exec("systemctl list-units --all --plain --no-legend 'app-turns*'");
    assert.deepEqual(
      units
        .split("\n")
        .flatMap((line) => line.split(" ")[0] || [])
        .sort(),
      ["app-turns.service", "app-turns.socket"],
    );
    const files = await site.machine.exec("ls /etc/systemd/system /run/landfall | grep turns");
    assert.deepEqual(files.trim().split("\n").sort(), ["app-turns.service", "app-turns.socket", "turns.sock"]);
    await expectNoneFailed([...balanceApps]);
  });

  it("are each looked after: one that ends is started again, and nobody notices", async () => {
    const visits = visit(site, balanceDomain, { path: "/turns/", methods: ["GET"], requestsPerSecond: 40, seconds: 3 });
    await pause(500);
    await site.machine.exec(["systemctl", "kill", "--signal=SIGKILL", serviceUnit("turns", 2)]);
    assert.equal(said(await visits), "");
  });

  describe("and several machines behind that machine", function () {
    this.timeout(120_000);
    const names = ["one", "two"];
    const machines = new Map<string, TestSite>();

    const echo = (name: string, machine: string): App =>
      command({
        name,
        source: { directory: join(__dirname, "site-apps/echo") },
        command: ["python3", "echo.py", machine],
        routes: [{ domain, path: `/${name}/` }],
      });

    const remote = (name: string, servers: BalancedServer[], balance: Balance): App => ({
      name,
      source: {},
      servers,
      serversTls: { authority: site.ca },
      balance: { failSeconds: 2, ...balance },
      routes: [{ domain, path: `/${name}/`, readTimeoutSeconds: 12 }],
    });

    before(async () => {
      for (const name of names) {
        const made = new TestSite({
          stack,
          name,
          debian: 12,
          apps: [echo("spread", name), echo("kept", name)],
          authority: () => site.authority,
          front: () => [balancerHop({ addresses: [`${site.machine.address}/32`], answerSeconds: 12 })],
        });
        await made.up();
        machines.set(name, made);
      }
    });
    after(async () => {
      for (const made of machines.values()) await made.down();
    });

    const withRemote = (): App[] => {
      const byName = names.map((name) => ({ address: `${name}.internal`, port: 443 }));
      const byAddress = [...machines.values()].map(({ machine }) => ({ address: machine.address, port: 443 }));
      return [...balanceApps, remote("spread", byName, {}), remote("kept", byAddress, { sticky: true })];
    };

    const ask = async (path: string, request?: SiteRequest): Promise<SiteAnswer & { seen: Seen }> => {
      const answer = await site.request(`${site.origin(domain)}${path}`, request);
      assert.equal(answer.status, 200, answer.body);
      return { ...answer, seen: JSON.parse(answer.body) as Seen };
    };

    /** A cookie with which requests go to a machine. */
    const cookieFor = async (machine: string): Promise<string> => {
      for (let tries = 0; tries < 10; tries++) {
        const { seen, headers } = await ask("/kept/");
        if (seen.app === machine) return headers["set-cookie"]![0]!.split(";")[0]!;
      }
      assert.fail(`no client came to ${machine}`);
    };

    for (const program of [WebProgram.Nginx, WebProgram.HAProxy, WebProgram.Apache])
      describe(`by ${program}`, () => {
        before(() => site.apply(withRemote(), { program }));

        it("share out what comes, by names as well", async () => {
          const found = new Set<string>();
          for (let index = 0; index < 6; index++) found.add((await ask("/spread/")).seen.app);
          assert.deepEqual([...found].sort(), names);
        });

        it("know the client through two hops, whatever it says itself", async () => {
          const { seen } = await ask("/spread/", {
            headers: { "X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1" },
          });
          const { gateway } = site.machine;
          assert.deepEqual([seen.headers["x-forwarded-for"], seen.headers["x-real-ip"]], [gateway, gateway]);
        });

        it("may lose one under load: its clients move, what it had in hand fails, and nothing else does", async () => {
          const one = machines.get("one")!;
          const cookie = await cookieFor("one");
          const rate = { requestsPerSecond: 40, seconds: 8, timeoutSeconds: 20 };
          const loads = [
            visit(site, domain, { ...rate, path: "/spread/", methods: ["GET"] }),
            visit(site, domain, { ...rate, path: "/spread/", methods: ["POST"], body: "a" }),
            visit(site, domain, { ...rate, path: "/kept/", headers: { Cookie: cookie }, body: "a" }),
          ];
          await pause(2000);
          const inHand = ["GET", "POST", "GET", "POST"].map((method) => {
            const headers = { Cookie: cookie, "X-Delay": "9" };
            return site.request(`${site.origin(domain)}/kept/`, {
              method,
              headers,
              ...(method === "POST" ? { body: "a" } : {}),
            });
          });
          await pause(500);
          await one.machine.kill();
          const results = await Promise.all(loads);
          const answers = await Promise.all(inHand);
          const sent = results.reduce((sum, result) => sum + result.sent, 0);
          const failed = results.map(said).join("\n").trim();
          const count = failed === "" ? 0 : failed.split("\n").length;
          const slowest = Math.max(...results.map((result) => result.slowestMs));
          process.stderr.write(
            `      ${count} of ${sent} failed, beside ${inHand.length} in hand; slowest ${slowest.toFixed(0)} ms\n`,
          );
          // 502 where the end of the machine's network ends the connection, 504 where nothing says that it is gone.
          const statuses = answers.map(({ status }) => status);
          assert.ok(
            statuses.every((status) => status === 502 || status === 504),
            statuses.join(),
          );
          // The quick ones that were on their way just then: at 160 a second and some 10 ms for each, one or two.
          assert.ok(count <= 5, failed);
        });

        it("have the clients of the lost one stay where they moved to", async () => {
          const first = await ask("/kept/");
          const cookie = first.headers["set-cookie"]![0]!.split(";")[0]!;
          for (let index = 0; index < 5; index++) {
            const { seen, headers } = await ask("/kept/", { headers: { Cookie: cookie } });
            assert.deepEqual([seen.app, headers["set-cookie"]], ["two", undefined]);
          }
        });

        it("use the lost one again once it is back", async () => {
          await machines.get("one")!.machine.start();
          await eventually(async () => assert.equal((await ask("/spread/")).seen.app, "one"), 60);
          // Each app asks for itself who is there.
          await eventually(async () => assert.ok(await cookieFor("one")), 10);
        });

        if (program === WebProgram.HAProxy) describe("and for several instances", () => balanceBehaviour(site));
      });
  });
});

describe("several instances of an app on Debian 13", function () {
  this.timeout(60_000);
  balanceBehaviour(useSite({ debian: 13, apps: [...balanceApps] }));
});
