import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { redisUnit } from "../../../../components/app/paths";
import { volumeUsers } from "../../../../components/host/cloud-init/units";
import { guest } from "../../../../components/host/guest";
import { PlannedFile } from "../../../../components/host/plan";
import { appUnits, hostUnits } from "../../../../components/host/systemd/units";
import { assertGolden } from "../golden";
import { readWords } from "./unit-reader";

const minimal: App = { name: "blog", source: {}, process: { command: ["/usr/bin/env"] } };
const route = { domain: "www.example.com" };

const sampleApps: Record<string, App> = {
  minimal: { ...minimal, routes: [route] },
  python: {
    name: "shop",
    source: { directory: "shop" },
    python: { requirements: "requirements.txt" },
    process: {
      command: ["gunicorn", "shop:app", "--access-logformat", '%(h)s "$x"'],
      ready: "notify",
      stopsOwnWorkers: true,
      reloadSignal: "SIGHUP",
      stopSignal: "SIGINT",
      gracefulSeconds: 10,
    },
    environment: { GREETING: 'say "$100%"', HOME: "/tmp" },
    secrets: [{ name: "cookie-secret", environment: "COOKIE_SECRET" }, { name: "api-key" }],
    reach: [{ port: "submission" }],
    relax: [
      { directive: "MemoryDenyWriteExecute", value: "no", reason: "its C library makes code at run time" },
      { directive: "ReadWritePaths", value: "/srv/uploads", reason: "shared with another host" },
    ],
    health: { startSeconds: 90 },
    routes: [route],
  },
  mail: { ...minimal, name: "mail", listen: { publicPorts: [25, 587], backlog: 100 } },
  "own-port": { ...minimal, name: "loop", listen: { via: ListenVia.Port, port: 9000 }, routes: [route] },
  redis: { ...minimal, name: "desk", redis: { environment: "CACHE_URL", memoryMiB: 16, whenFull: "allkeys-lru" } },
  instances: { ...minimal, name: "many", process: { ...minimal.process!, instances: 2 }, routes: [route] },
  "own-socket": { ...minimal, name: "own", listen: { via: ListenVia.Socket }, routes: [route] },
};

describe("appUnits", () => {
  for (const [name, app] of Object.entries(sampleApps)) {
    it(`writes the units of a ${name} app`, () => {
      for (const file of appUnits(app, guest(12))) {
        assertGolden(join(__dirname, "golden", name, file.path.split("/").at(-1)!), file.content);
      }
    });
  }

  it("tells an app where its Redis is, and starts it first, but lets the app go on without", () => {
    const app: App = { ...minimal, redis: {} };
    assert.ok(settings(app, "Environment").includes("REDIS_URL=unix:///run/landfall-redis/blog/redis.sock"));
    assert.deepEqual(settings(app, "Wants"), ["app-blog_redis.service"]);
    assert.ok(settings(app, "After").includes("app-blog_redis.service"));
    assert.ok(!settings(app, "Requires").includes("app-blog_redis.service"));
  });

  it("has a Redis start after the data volume is there, as apps do", () => {
    const fronts = volumeUsers.map((folder) => folder.replace(/\.service\.d$/, ""));
    assert.ok(fronts.some((front) => front.endsWith("-") && redisUnit("blog").startsWith(front)));
  });

  it("runs the program of its release that speaks Redis' protocol", () => {
    const programOf = (debian: number): string | undefined =>
      /ExecStart=(\S+)/.exec(
        appUnits({ ...minimal, redis: {} }, guest(debian)).find(({ path }) => path.includes("redis"))!.content,
      )?.[1];
    assert.deepEqual([programOf(12), programOf(13)], ["/usr/bin/redis-server", "/usr/bin/valkey-server"]);
  });

  it("makes none for an app whose files the web server serves", () => {
    assert.deepEqual(appUnits({ name: "docs", source: {}, routes: [route] }, guest(12)), []);
  });

  it("restarts the service for its own file, and both for the socket's", () => {
    assert.deepEqual(
      appUnits(minimal, guest(12)).map(({ path, change }) => [path, change]),
      [
        ["/etc/systemd/system/app-blog.socket", { effect: "restart", units: ["app-blog.socket", "app-blog.service"] }],
        ["/etc/systemd/system/app-blog.service", { effect: "restart", units: ["app-blog.service"] }],
      ],
    );
  });

  it("leaves the first instance's socket as it is when there are more of them", () => {
    const [one, two] = [1, 2].map((instances) =>
      appUnits({ ...minimal, process: { ...minimal.process!, instances } }, guest(12)),
    );
    assert.deepEqual(
      two!.find(({ path }) => path.endsWith("app-blog.socket")),
      one![0],
    );
    assert.deepEqual(
      two!.map(({ path, change }) => [path.split("/").at(-1), change.units]),
      [
        ["app-blog.socket", ["app-blog.socket", "app-blog.service"]],
        ["app-blog_2.socket", ["app-blog_2.socket", "app-blog_2.service"]],
        ["app-blog.service", ["app-blog.service"]],
        ["app-blog_2.service", ["app-blog_2.service"]],
      ],
    );
  });

  it("lets the pauses of a failing app grow where systemd can", () => {
    assert.deepEqual(settings(minimal, "RestartMaxDelaySec", 12), []);
    assert.deepEqual(settings(minimal, "RestartMaxDelaySec", 13), ["5s"]);
  });

  const network: [what: string, app: App, expected: Record<string, string[]>][] = [
    [
      "nothing for an app that only answers",
      minimal,
      { PrivateNetwork: ["yes"], RestrictAddressFamilies: ["AF_UNIX"], IPAddressDeny: ["any"], IPAddressAllow: [] },
    ],
    [
      "its public ports, which systemd opens, and nothing else",
      sampleApps["mail"]!,
      { PrivateNetwork: ["yes"], RestrictAddressFamilies: ["AF_UNIX"], IPAddressDeny: [], IPAddressAllow: [] },
    ],
    [
      "the loopback address for an app that listens there",
      sampleApps["own-port"]!,
      {
        PrivateNetwork: [],
        RestrictAddressFamilies: ["AF_UNIX AF_INET AF_INET6"],
        IPAddressDeny: ["any"],
        IPAddressAllow: ["localhost"],
      },
    ],
    [
      "what the firewall lets through for an app that reaches others",
      sampleApps["python"]!,
      {
        PrivateNetwork: [],
        RestrictAddressFamilies: ["AF_UNIX AF_INET AF_INET6"],
        IPAddressDeny: [],
        IPAddressAllow: [],
      },
    ],
  ];
  for (const [what, app, expected] of network) {
    it(`gives the network: ${what}`, () => {
      for (const [key, values] of Object.entries(expected)) assert.deepEqual(settings(app, key), values, key);
    });
  }

  const programs: [command: string, app: Partial<App>, expected: string][] = [
    ["/usr/bin/env", {}, "/usr/bin/env"],
    ["python3", {}, "/usr/bin/env python3"],
    ["bin/run", {}, "/opt/landfall/apps/blog/current/code/bin/run"],
    ["./run", {}, "/opt/landfall/apps/blog/current/code/run"],
    ["uvicorn", { python: {} }, "/opt/landfall/apps/blog/current/env/bin/uvicorn"],
    [
      "gramex",
      { source: { package: { name: "gramex", version: "1" } } },
      "/opt/landfall/apps/blog/current/env/bin/gramex",
    ],
    ["bin/run", { python: {} }, "/opt/landfall/apps/blog/current/code/bin/run"],
  ];
  for (const [command, more, expected] of programs) {
    it(`finds ${command}${more.python ? " of a Python app" : more.source ? " of a package" : ""} as ${expected}`, () => {
      assert.deepEqual(settings({ ...minimal, ...more, process: { command: [command] } }, "ExecStart"), [expected]);
    });
  }

  it("refuses a command without a program", () => {
    assert.throws(
      () => appUnits({ ...minimal, process: { command: [] } }, guest(12)),
      /app blog: process.command is empty/,
    );
  });

  it("puts an app's own environment after ours", () => {
    assert.deepEqual(
      settings(sampleApps["python"]!, "Environment").map((line) => readWords(line, false)),
      [["HOME=/tmp"], ["PYTHONUNBUFFERED=1"], ["PYTHONDONTWRITEBYTECODE=1"], ['GREETING=say "$100%"']],
    );
  });

  it("lets nothing that people write out of its line", () => {
    const anyText = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Surrogate}]/u.test(value));
    const nasty = fc.constantFrom("%h", "$HOME", '"', "'", "\\", "a\\", "; /bin/evil", "#", "${x}", "%%", "$$", " ");
    const value = fc.oneof(anyText, nasty);
    const render = (argument: string, variable: string, reason: string): string[] =>
      appUnits(
        {
          ...minimal,
          process: { command: ["/usr/bin/env", argument] },
          environment: { A: variable },
          relax: [{ directive: "LockPersonality", value: "no", reason }],
        },
        guest(12),
      )[1]!.content.split("\n");
    const plain = render("x", "x", "x");
    fc.assert(
      fc.property(value, value, value, (argument, variable, reason) => {
        const lines = render(argument, variable, reason);
        assert.equal(lines.length, plain.length);
        const changed = lines.filter((line, i) => line !== plain[i]);
        for (const line of changed) {
          if (line.startsWith("ExecStart="))
            assert.deepEqual(readWords(line.slice(10), true), ["/usr/bin/env", argument]);
          else if (line.startsWith("Environment="))
            assert.deepEqual(readWords(line.slice(12), false), [`A=${variable}`]);
          else assert.equal(line, `# ${reason}`);
        }
      }),
    );
  });
});

describe("the units of a host", () => {
  it("start nginx again when it dies, where there is something for it to answer", () => {
    const [file, ...others] = hostUnits([sampleApps["minimal"]!], guest(12));
    assert.deepEqual(others, []);
    assert.equal(file?.path, "/etc/systemd/system/nginx.service.d/landfall.conf");
    assert.deepEqual(file?.change, { effect: "none", units: [] });
    assertGolden(join(__dirname, "golden", "host", "nginx.service.d.conf"), file.content);
    assert.deepEqual(hostUnits([minimal], guest(12)), []);
  });

  it("keep the Redis that a package brings for everybody from running", () => {
    const masked = hostUnits([{ ...minimal, redis: {} }], guest(12)).map(({ path, content }) => [path, content]);
    assert.deepEqual(masked, [["/etc/systemd/system/redis-server.service", ""]]);
  });

  it("have the program for secrets in the environment, when an app needs it", () => {
    const file = hostUnits([sampleApps["python"]!, sampleApps["minimal"]!], guest(12))[1];
    assert.deepEqual(
      [file?.path, file?.mode, file?.change],
      ["/usr/local/lib/landfall/with-credentials", "0755", { effect: "restart", units: ["app-shop.service"] }],
    );
  });
});

describe("systemd-analyze", function () {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    assert.equal(
      spawnSync("systemd-analyze", ["--version"]).status,
      0,
      "these tests need systemd-analyze, of Debian's package systemd",
    );
    folder = mkdtempSync(join(tmpdir(), "landfall-units-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, app] of Object.entries(sampleApps)) {
    it(`finds a ${name} app exposed to 1.3 of 10 at most`, () => {
      const services = write(folder, appUnits(app, guest(12))).filter((path) => path.endsWith(".service"));
      assert.ok(services.length > 0);
      for (const unit of services) {
        const words = ["security", "--offline=true", "--threshold=13", unit];
        const { status, stdout } = spawnSync("systemd-analyze", words, { encoding: "utf8" });
        assert.equal(status, 0, stdout.trim().split("\n").at(-1));
      }
    });
  }

  it("finds nothing to say about the units", () => {
    const runnable = Object.values(sampleApps).map((app) => ({
      ...app,
      python: undefined,
      secrets: app.secrets?.map(({ name }) => ({ name })),
      process: { ...app.process!, command: ["/usr/bin/env", ...app.process!.command.slice(1)] },
    }));
    // This computer has no Redis.
    const redis = { ...guest(12).redis, program: "/usr/bin/env" };
    const units = write(folder, [...runnable.flatMap((app) => appUnits(app, { ...guest(12), redis }))]);
    const said = execFileSync("systemd-analyze", ["verify", ...units], { encoding: "utf8", stdio: "pipe" });
    assert.equal(said, "");
  });
});

/** Values of a key in an app's service. */
function settings(app: App, key: string, debian = 12): string[] {
  const service = appUnits(app, guest(debian)).find(({ path }) => path.endsWith(`/app-${app.name}.service`))!;
  return service.content
    .split("\n")
    .flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
}

function write(folder: string, files: readonly PlannedFile[]): string[] {
  return files.map(({ path, content }) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  });
}
