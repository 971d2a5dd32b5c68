import assert from "node:assert/strict";
import { join } from "node:path";
import { App, Redis, RedisWhenFull } from "../../components/app/app";
import { appUser, redisUnit, serviceUnit } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { gramex } from "../../components/app/presets/gramex";
import { redisSocket } from "../../components/app/redis";
import { guest } from "../../components/host/guest";
import { useSite } from "./site";
import { Editions } from "./site-editions";

/** An app that keeps sessions in its Redis. */
const app = (name: string, redis: Redis): App =>
  command({
    name,
    source: { directory: join(__dirname, "site-apps/sessions") },
    python: { requirements: "requirements.txt" },
    command: ["python", "app.py"],
    routes: [{ domain: `${name}.localhost` }],
    redis,
  });

for (const debian of [12, 13]) {
  describe(`sessions in the Redis of an app on Debian ${debian}`, function () {
    this.timeout(60_000);
    const site = useSite({
      apps: [app("desk", {}), app("shelf", { memoryMiB: 16, whenFull: RedisWhenFull.Forget })],
      debian,
    });
    const get = async (name: string, path: string, cookie = ""): Promise<{ body: string; cookie: string }> => {
      const { headers, body } = await site.request(`${site.origin(`${name}.localhost`)}${path}`, {
        headers: { Cookie: cookie },
      });
      return { body, cookie: headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
    };

    it("are there after the app has been restarted", async () => {
      const { cookie } = await get("desk", "/login?user=ann");
      await site.machine.exec(["systemctl", "restart", serviceUnit("desk")]);
      assert.equal((await get("desk", "/", cookie)).body, "hello ann");
    });

    it("are there after Redis has been killed, but for the last second", async () => {
      const { cookie } = await get("desk", "/login?user=ben");
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const [unit, restarts] = [redisUnit("desk"), "systemctl show --value --property NRestarts"];
      await site.machine.exec(["systemctl", "kill", "--signal=SIGKILL", unit]);
      const isBack = `[ "$(${restarts} ${unit})" = 1 ] && systemctl is-active --quiet ${unit}`;
      await site.machine.exec(["timeout", "20", "sh", "-c", `until ${isBack}; do sleep 0.1; done`]);
      assert.equal((await get("desk", "/", cookie)).body, "hello ben");
    });

    it("are those of one app only", async () => {
      const { cookie } = await get("desk", "/login?user=ann");
      assert.equal((await get("shelf", "/", cookie)).body, "hello stranger");
    });

    it("cannot be reached by another app", async () => {
      const knock = async (owner: string): Promise<string> =>
        (await get("shelf", `/knock?socket=${redisSocket(owner)}`)).body;
      assert.deepEqual([await knock("shelf"), await knock("desk")], ["open", "Permission denied"]);
    });

    it("cannot be reached by another user of the host", async () => {
      const program = "import socket,sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])";
      const knock = async (user: string): Promise<number | null> => {
        const words = ["runuser", "-u", user, "--", "python3", "-c", program, redisSocket("desk")];
        return (await site.machine.attempt(words)).code;
      };
      assert.deepEqual([await knock(appUser("desk")), await knock("www-data"), await knock("nobody")], [0, 1, 1]);
    });

    it("have as much memory as was asked for, and the way that was chosen once it is full", async () => {
      const settings = async (name: string): Promise<unknown> => JSON.parse((await get(name, "/settings")).body);
      assert.deepEqual(await settings("desk"), { maxmemory: String(64 << 20), "maxmemory-policy": "volatile-lru" });
      assert.deepEqual(await settings("shelf"), { maxmemory: String(16 << 20), "maxmemory-policy": "allkeys-lru" });
    });

    it("are behind units that systemd finds little to say about", async () => {
      const unit = redisUnit("desk");
      const verified = await site.machine.attempt(["systemd-analyze", "verify", unit]);
      assert.deepEqual([verified.code, verified.stdout, verified.stderr], [0, "", ""]);
      const said = await site.machine.exec(["systemd-analyze", "security", "--no-pager", unit]);
      const score = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
      assert.ok(score <= 1.3, said);
    });

    it("are there after the host has been restarted, and nobody else's Redis runs", async () => {
      const { cookie } = await get("desk", "/login?user=cay");
      await site.machine.reboot();
      await site.machine.exec(["systemctl", "is-system-running", "--wait"]);
      assert.equal((await get("desk", "/", cookie)).body, "hello cay");
      const { stdout } = await site.machine.attempt(["systemctl", "is-active", guest(debian).redis.unit]);
      assert.equal(stdout, "inactive\n");
      assert.doesNotMatch(await site.machine.exec(["ss", "--listening", "--tcp", "--numeric"]), /:6379\b/);
    });
  });
}

describe("a dashboard of Gramex that asks for a Redis", function () {
  this.timeout(60_000);
  const editions = new Editions();
  after(() => editions.remove());
  const dashboard = gramex({
    name: "dashboard",
    source: { directory: join(__dirname, "../../examples/dashboard") },
    requirements: "requirements.txt",
    routes: [{ domain: "dashboard.localhost" }],
    health: { path: "health", contains: "dashboard is well" },
    redis: {},
  });
  const remembers = 'handler.session.setdefault("visitor", handler.get_argument("name", "nobody"))';
  const site = useSite({
    apps: [editions.edit(dashboard, "dashboard_pages.py", "handler.request.remote_ip", remembers)],
  });
  const visitor = async (name: string, cookie = ""): Promise<{ client: string; cookie: string }> => {
    const { headers, body } = await site.request(`${site.origin("dashboard.localhost")}/seen?name=${name}`, {
      headers: { Cookie: cookie },
    });
    const { client } = JSON.parse(body) as { client: string };
    return { client, cookie: headers["set-cookie"]?.find((one) => one.startsWith("sid="))?.split(";")[0] ?? "" };
  };

  it("keeps its sessions there, over restarts", async () => {
    const { client, cookie } = await visitor("ann");
    assert.equal(client, "ann");
    await site.machine.exec(["systemctl", "restart", serviceUnit("dashboard")]);
    assert.equal((await visitor("ben", cookie)).client, "ann");
    assert.equal((await visitor("ben")).client, "ben");
    const words = ["redis-cli", "-s", redisSocket("dashboard"), "dbsize"];
    const kept = await site.machine.exec(["runuser", "-u", appUser("dashboard"), "--", ...words]);
    assert.equal(kept.trim(), "2");
  });
});
