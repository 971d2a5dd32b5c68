import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { ReadyWhen } from "../../../../components/app/process";
import { Reach } from "../../../../components/app/reach";
import { Relaxation } from "../../../../components/app/relaxation";
import { Route } from "../../../../components/app/route/route";
import { Secret } from "../../../../components/app/secret";
import { command } from "../../../../components/app/presets/command";
import { esg } from "../../../../components/app/presets/esg";
import { gramex } from "../../../../components/app/presets/gramex";
import { gunicorn } from "../../../../components/app/presets/gunicorn";
import { hypercorn } from "../../../../components/app/presets/hypercorn";
import { asgiLauncher, gramexLauncher, launchers } from "../../../../components/app/presets/launchers";
import { PresetArgs } from "../../../../components/app/presets/preset-args";
import { publ } from "../../../../components/app/presets/publ";
import { staticSite } from "../../../../components/app/presets/static-site";
import { uvicorn } from "../../../../components/app/presets/uvicorn";
import { validateApps } from "../../../../components/app/validate";

const source = { directory: "src" };
const routes = [{ domain: "www.example.com" }];
const stripped = [{ domain: "www.example.com", path: "/api/", stripPrefix: true }];

/** The command as one line, as people compare it. */
const line = (app: App): string => app.process!.command.join(" ");

describe("uvicorn", () => {
  it("describes an ASGI app on the socket that systemd hands over", () => {
    assert.deepEqual(uvicorn({ name: "api", app: "main:app", source, routes, requirements: "requirements.txt" }), {
      name: "api",
      source,
      routes,
      python: { requirements: "requirements.txt", packages: ["uvicorn[standard]==0.54.0"] },
      process: {
        command: [
          ...[
            "python",
            "-P",
            asgiLauncher,
            "uvicorn",
            "main:app",
            "--fd",
            "3",
            "--proxy-headers",
            "--forwarded-allow-ips=*",
          ],
          ...["--timeout-keep-alive", "75", "--no-access-log", "--backlog", "4096"],
          ...["--timeout-graceful-shutdown", "30"],
        ],
        ready: ReadyWhen.Notified,
        gracefulSeconds: 30,
      },
    });
  });

  it("tells the app the prefix that was taken off", () => {
    assert.match(line(uvicorn({ name: "api", app: "main:app", source, routes: stripped })), / --root-path \/api /);
  });

  it("tells no prefix when it was kept, or when there are several", () => {
    const kept = [{ domain: "a.example", path: "/api/" }];
    const several = [...stripped, { domain: "b.example", path: "/other/", stripPrefix: true }];
    const mixed = [...stripped, { domain: "b.example" }];
    for (const routes of [kept, several, mixed])
      assert.doesNotMatch(line(uvicorn({ name: "api", app: "main:app", source, routes })), /--root-path/);
  });

  it("tells the prefix that all of its domains share", () => {
    const shared = ["a.example", "b.example"].map((domain) => ({ domain, path: "/api/", stripPrefix: true }));
    assert.match(line(uvicorn({ name: "api", app: "main:app", source, routes: shared })), / --root-path \/api /);
  });

  it("stops its own worker processes", () => {
    const app = uvicorn({ name: "api", app: "main:app", source, workers: 3 });
    assert.match(line(app), / --workers 3$/);
    assert.deepEqual([app.process!.stopsOwnWorkers, app.process!.ready], [true, undefined]);
  });

  it("installs no server when the requirements bring it", () => {
    const app = uvicorn({ name: "api", app: "main:app", source, requirements: "all.txt", installServer: false });
    assert.deepEqual(app.python, { requirements: "all.txt" });
  });
});

describe("esg", () => {
  it("describes an ASGI app on the last ESG that every Python can install", () => {
    assert.deepEqual(esg({ name: "live", app: "main:app", source, routes }), {
      name: "live",
      source,
      routes,
      python: { packages: ["esg==0.1.9", "websockets==17.4"] },
      process: {
        command: [
          ...[
            "python",
            "-P",
            asgiLauncher,
            "esg",
            "main:app",
            "--fd",
            "3",
            "--proxy-headers",
            "--forwarded-allow-ips=*",
          ],
          ...["--timeout-keep-alive", "75", "--no-access-log", "--backlog", "4096"],
        ],
        ready: ReadyWhen.Notified,
        gracefulSeconds: 30,
      },
    });
  });
});

describe("gunicorn", () => {
  it("describes a WSGI app that says itself when it is ready", () => {
    assert.deepEqual(gunicorn({ name: "shop", app: "shop.wsgi", source, routes }), {
      name: "shop",
      source,
      routes,
      python: { packages: ["gunicorn==27.0.1"] },
      process: {
        command: [
          ...["gunicorn", "shop.wsgi", "--workers", "2", "--threads", "4", "--no-control-socket"],
          ...["--forwarded-allow-ips=*", "--graceful-timeout", "30", "--keep-alive", "75", "--backlog", "4096"],
          ...["--worker-tmp-dir", "/dev/shm"],
        ],
        ready: ReadyWhen.Notified,
        stopsOwnWorkers: true,
        reloadSignal: "SIGHUP",
        gracefulSeconds: 30,
      },
    });
  });

  for (const [version, has] of [
    ["25.0.3", false],
    ["25.1.0", true],
    ["26.0", true],
    ["24.9", false],
  ] as const) {
    it(`${has ? "turns off" : "does not know"} the control socket in ${version}`, () => {
      const app = gunicorn({ name: "shop", app: "shop.wsgi", source, version });
      assert.equal(app.process!.command.includes("--no-control-socket"), has);
      assert.deepEqual(app.python!.packages, [`gunicorn==${version}`]);
    });
  }

  it("has no threads beside a worker class", () => {
    const app = gunicorn({
      name: "shop",
      app: "shop.asgi",
      source,
      workerClass: "uvicorn_worker.UvicornWorker",
      pythonPackages: ["uvicorn-worker==0.4.0"],
    });
    assert.match(line(app), / --worker-class uvicorn_worker\.UvicornWorker /);
    assert.doesNotMatch(line(app), /--threads/);
    assert.deepEqual(app.python!.packages, ["gunicorn==27.0.1", "uvicorn-worker==0.4.0"]);
  });

  it("gives as much time to stop as it is told", () => {
    const app = gunicorn({ name: "shop", app: "shop.wsgi", source, gracefulSeconds: 120 });
    assert.match(line(app), / --graceful-timeout 120 /);
    assert.equal(app.process!.gracefulSeconds, 120);
  });
});

describe("hypercorn", () => {
  it("describes an app in one process, on the socket that systemd hands over", () => {
    assert.deepEqual(hypercorn({ name: "api", app: "main:app", source, routes: stripped }), {
      name: "api",
      source,
      routes: stripped,
      python: { packages: ["hypercorn==0.18.0"] },
      process: {
        command: [
          ...["hypercorn", "main:app", "--bind", "fd://3", "--workers", "0", "--backlog", "4096", "--keep-alive", "75"],
          ...["--graceful-timeout", "30", "--root-path", "/api"],
        ],
        stopsOwnWorkers: true,
        gracefulSeconds: 30,
      },
    });
  });
});

describe("publ", () => {
  it("describes a site whose index and secret lie outside the release", () => {
    assert.deepEqual(publ({ name: "journal", source, routes, environment: { TZ: "UTC" } }), {
      name: "journal",
      source,
      routes,
      environment: { PUBL_DATA: "/var/lib/landfall/data/journal", TZ: "UTC" },
      secrets: [{ name: "secret-key", environment: "PUBL_SECRET_KEY", generate: true }],
      relax: [
        {
          directive: "MemoryDenyWriteExecute",
          value: "no",
          reason: "misaka calls back from C through cffi, which needs memory that is writable and executable",
        },
      ],
      python: {
        packages: ["gunicorn==27.0.1", "Publ==0.8.19"],
        buildPackages: ["gcc", "libc6-dev", "libffi-dev", "python3-dev"],
      },
      process: {
        command: [
          ...["gunicorn", "app:app", "--workers", "1", "--threads", "8", "--no-control-socket"],
          ...["--forwarded-allow-ips=*", "--graceful-timeout", "30", "--keep-alive", "75", "--backlog", "4096"],
          ...["--worker-tmp-dir", "/dev/shm"],
        ],
        ready: ReadyWhen.Notified,
        stopsOwnWorkers: true,
        reloadSignal: "SIGHUP",
        gracefulSeconds: 30,
      },
    });
  });
});

describe("gramex", () => {
  it("keeps sessions in the Redis that is asked for", () => {
    const app = gramex({ name: "desk", source, redis: { environment: "SESSIONS_URL" } });
    assert.deepEqual(app.redis, { environment: "SESSIONS_URL" });
    assert.match(line(app), / --redis-sessions SESSIONS_URL( |$)/);
    assert.doesNotMatch(line(gramex({ name: "desk", source })), /redis/);
  });

  it("has a cookie secret that is given in place of one that is made up, for many machines", () => {
    const given = { name: "cookie-secret", environment: "COOKIE_SECRET" };
    assert.deepEqual(gramex({ name: "desk", source, secrets: [given] }).secrets, [given]);
  });

  it("describes an app that runs by our launcher, on Debian 12", () => {
    const reach = [{ port: "submission", peer: "mail.example.com" }];
    assert.deepEqual(gramex({ name: "dashboard", source, routes: stripped, reach }), {
      name: "dashboard",
      source,
      routes: stripped,
      reach,
      environment: { GRAMEXDATA: "/var/lib/landfall/data/dashboard" },
      secrets: [{ name: "cookie-secret", environment: "COOKIE_SECRET", generate: true }],
      python: { packages: ["gramex==1.94.5"] },
      debian: [12],
      process: {
        command: ["python", "-P", gramexLauncher, "--graceful-seconds", "30", "--max-body-mib", "100"],
        ready: ReadyWhen.Notified,
        gracefulSeconds: 30,
      },
    });
  });

  it("serves all files only when told to", () => {
    assert.match(line(gramex({ name: "a", source, restrictFiles: false })), / --all-files$/);
  });

  it("is started by a program that hosts are given", () => {
    assert.match(launchers[gramexLauncher]!, /^"""Runs Gramex/);
    assert.match(launchers[asgiLauncher]!, /^"""Runs uvicorn or ESG/);
  });
});

describe("staticSite", () => {
  it("describes files that the web server answers by itself", () => {
    assert.deepEqual(
      staticSite({ name: "docs", source, domains: ["docs.example.com"], directory: "public", contains: "Docs" }),
      {
        name: "docs",
        source,
        routes: [{ domain: "docs.example.com", path: "/", serve: "files", directory: "public" }],
        health: { contains: "Docs" },
      },
    );
  });

  it("lays the folder at the prefix", () => {
    assert.deepEqual(staticSite({ name: "docs", source, domains: ["a.example"], path: "/docs/" }).routes, [
      { domain: "a.example", path: "/docs/", serve: "files", stripPrefix: true },
    ]);
  });
});

describe("command", () => {
  it("describes a program on a port of its own", () => {
    assert.deepEqual(command({ name: "wiki", source, command: ["bin/wiki"], port: 8100, routes }), {
      name: "wiki",
      source,
      routes,
      process: { command: ["bin/wiki"] },
      listen: { via: ListenVia.Port, port: 8100 },
    });
  });

  it("describes a program on the socket that systemd hands over", () => {
    assert.deepEqual(command({ name: "wiki", source, command: ["bin/wiki"] }), {
      name: "wiki",
      source,
      process: { command: ["bin/wiki"] },
    });
  });
});

describe("every preset", () => {
  const all: Record<string, (args: PresetArgs) => App> = {
    gramex: (args) => gramex(args),
    publ: (args) => publ(args),
    esg: (args) => esg({ ...args, app: "main:app" }),
    uvicorn: (args) => uvicorn({ ...args, app: "main:app" }),
    gunicorn: (args) => gunicorn({ ...args, app: "main:app" }),
    hypercorn: (args) => hypercorn({ ...args, app: "main:app" }),
    command: (args) => command({ ...args, command: ["run"] }),
  };
  const args: fc.Arbitrary<PresetArgs> = fc.record(
    {
      name: fc.stringMatching(/^[a-z]{1,24}$/),
      source: fc.constant(source),
      routes: fc.constantFrom<Route[][]>(routes, stripped),
      environment: fc.constant<Record<string, string>>({ A: "1" }),
      secrets: fc.constant<Secret[]>([{ name: "other" }]),
      data: fc.constant<string[]>(["messages"]),
      reach: fc.constant<Reach[]>([{ port: "ldaps" }]),
      relax: fc.constant<Relaxation[]>([{ directive: "PrivateTmp", value: "no", reason: "shared files" }]),
      packages: fc.constant<string[]>(["curl"]),
      health: fc.constant({ contains: "well" }),
      backlog: fc.integer({ min: 1, max: 65535 }),
      gracefulSeconds: fc.integer({ min: 1, max: 3600 }),
    },
    { requiredKeys: ["name", "source", "routes"] },
  );

  for (const [name, preset] of Object.entries(all)) {
    it(`${name} gives a correct app as plain data, with all that it was given`, () => {
      fc.assert(
        fc.property(args, (given) => {
          const app = preset(given);
          assert.deepEqual(validateApps([app]), []);
          assert.deepEqual(JSON.parse(JSON.stringify(app)), app);
          assert.deepEqual(
            [app.routes, app.data, app.reach, app.packages, app.health],
            [given.routes, given.data, given.reach, given.packages, given.health],
          );
          for (const [key, value] of Object.entries(given.environment ?? {}))
            assert.equal(app.environment![key], value);
          for (const secret of given.secrets ?? []) assert.ok(app.secrets!.includes(secret));
          for (const relaxation of given.relax ?? []) assert.ok(app.relax!.includes(relaxation));
          if (given.gracefulSeconds !== undefined) assert.equal(app.process!.gracefulSeconds, given.gracefulSeconds);
          if (given.backlog !== undefined) assert.equal(app.listen!.backlog, given.backlog);
        }),
        { numRuns: 50 },
      );
    });
  }
});
