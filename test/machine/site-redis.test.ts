import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../components/app/app";
import { Redis, RedisWhenFull } from "../../components/app/redis";
import { appUser, currentEnvironment, redisUnit, serviceUnit } from "../../components/app/paths";
import { command } from "../../components/app/presets/command";
import { gramex } from "../../components/app/presets/gramex";
import { gramexLauncher } from "../../components/app/presets/launchers";
import { redisSocket, withRemoteRedis } from "../../components/app/redis";
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

describe("sessions in a Redis elsewhere, which is reached as that of a fleet is", function () {
  this.timeout(120_000);
  const password = "a<b>c#d&e$f!g^h-i";
  const site = useSite({
    apps: [withRemoteRedis(app("desk", {}))],
    debian: 12,
    secrets: { "desk/redis-url": `rediss://:${encodeURIComponent(password)}@localhost:6379/0` },
  });
  const get = async (path: string, cookie = ""): Promise<{ status: number; body: string; cookie: string }> => {
    const { status, headers, body } = await site.request(`${site.origin("desk.localhost")}${path}`, {
      headers: { Cookie: cookie },
    });
    return { status, body, cookie: headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
  };

  /** By TLS with a certificate for `localhost` that the host believes, and with a password, as ElastiCache has it. */
  before(async function () {
    this.timeout(120_000);
    const [certificate, key] = ["/usr/local/share/ca-certificates/redis.crt", "/srv/redis.key"];
    const request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost";
    const server = `redis-server --port 0 --tls-port 6379 --tls-auth-clients no --tls-cert-file ${certificate}`;
    await site.machine.exec(
      `set -e; export DEBIAN_FRONTEND=noninteractive; apt-get -qq update; apt-get -qq install --yes redis-server
       systemctl disable --quiet --now redis-server
       ${request} -addext subjectAltName=DNS:localhost -keyout ${key} -out ${certificate}
       update-ca-certificates
       systemd-run --unit elsewhere ${server} --tls-key-file ${key} --requirepass '${password}'
       timeout 20 bash -c 'until (: < /dev/tcp/127.0.0.1/6379) 2> /dev/null; do sleep 0.1; done'`,
    );
  });

  it("are there after the app has been restarted", async () => {
    const { cookie } = await get("/login?user=ann");
    await site.machine.exec(["systemctl", "restart", serviceUnit("desk")]);
    assert.equal((await get("/", cookie)).body, "hello ann");
  });

  it("need no Redis of the host, and their password is in no unit", async () => {
    assert.deepEqual(
      site.plan.units.filter(({ name }) => name === redisUnit("desk")),
      [],
    );
    assert.doesNotMatch(await site.machine.exec(["systemctl", "cat", serviceUnit("desk")]), /rediss:/);
  });
});

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
    // The health check's visits are sessions as well.
    assert.ok(Number(kept) >= 2, kept);
  });

  it("understands addresses as they are on a host and in a fleet", async () => {
    const python = `${currentEnvironment("dashboard")}/bin/python`;
    const program =
      "import runpy, sys; read = runpy.run_path(sys.argv[1])['redis_path']; print(*map(read, sys.argv[2:]), sep='\\n')";
    const addresses = [
      "unix:///run/a/redis.sock",
      "redis://cache:6380/2",
      "rediss://:p%23w@master.cache.example:6379/0",
    ];
    const said = await site.machine.exec([python, "-c", program, gramexLauncher, ...addresses]);
    assert.deepEqual(said.trim().split("\n"), [
      "localhost:6379:0:unix_socket_path=/run/a/redis.sock",
      "cache:6380:2",
      "master.cache.example:6379:0:password=p#w:ssl=true",
    ]);
  });
});
