import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { App } from "../../../components/app/app";
import { Route, ServeBy } from "../../../components/app/route/route";
import { dataFolder } from "../../../components/app/paths";
import { FilesFrom } from "../../../components/app/route/files";
import { canonicalJson } from "../../../components/host/digest";
import { cloudFrontHop } from "../../../components/host/hop";
import { directHops } from "../../../components/host/hops";
import { Effect, HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { filesTunnel } from "../../../components/host/shared-files/tunnel";
import { sharedUserId } from "../../../components/host/shared-files/user-id";
import { assertGolden } from "./golden";

const api: App = {
  name: "api",
  source: { directory: "api" },
  python: { requirements: "requirements.txt" },
  process: { command: ["uvicorn", "main:app", "--fd", "3"] },
  routes: [{ domain: "api.example.com" }],
  secrets: [{ name: "key", environment: "KEY", generate: true }],
};
const site: App = { name: "site", source: { directory: "site" }, routes: [{ domain: "example.com", serve: "files" }] };
const code = {
  api: { digest: "a".repeat(64), requirements: "uvicorn==0.54.0\n" },
  site: { digest: "b".repeat(64) },
  mail: { digest: "c".repeat(64) },
};
const plan = (...apps: App[]): HostPlan => planHost({ apps, code, debian: 12, hops: directHops });

describe("planHost", () => {
  it("gives the same plan for the same apps, byte for byte", () => {
    assert.equal(canonicalJson(plan(api, site)), canonicalJson(structuredClone(plan(api, site))));
    assert.equal(canonicalJson(plan(api, site)), canonicalJson(plan(structuredClone(api), structuredClone(site))));
  });

  it("does not change the units and releases of an app when another is added", () => {
    const alone = plan(api);
    const both = plan(api, site);
    const own = (from: HostPlan): unknown => [
      from.files.filter((file) => file.path.includes("app-api")),
      from.releases.filter((release) => release.app === "api"),
    ];
    assert.deepEqual(own(both), own(alone));
  });

  it("names a release by its code and its Python environment", () => {
    const digest = (requirements: string, archive: string): string =>
      planHost({ apps: [api], code: { api: { digest: archive, requirements } }, debian: 12, hops: directHops })
        .releases[0]!.digest;
    const digests = [digest("a==1\n", "1"), digest("a==2\n", "1"), digest("a==1\n", "2")];
    assert.equal(new Set(digests).size, 3);
    assert.equal(digest("a==1\n", "1"), digests[0]);
  });

  it("has a Redis for the app that asks for one: package, folder and unit, started before the app", () => {
    const asks: App = { ...api, redis: {} };
    const planned = planHost({ apps: [asks, site], code, debian: 13, hops: directHops });
    assert.ok(planned.packages.includes("valkey-server"));
    const own = { mode: "0700", owner: "app-api", group: "app-api" };
    const folder = planned.directories.find(({ path }) => path.endsWith(".redis"));
    assert.deepEqual(folder, { path: "/var/lib/landfall/data/api/.redis", ...own });
    assert.deepEqual(
      planned.units.filter((unit) => unit.app === "api").map(({ name }) => name),
      ["app-api.socket", "app-api_redis.service", "app-api.service"],
    );
    assert.deepEqual(
      plan(api, site).packages.filter((name) => /redis|valkey/.test(name)),
      [],
    );
  });

  describe("of an app that shares files", () => {
    const shares: App = { ...api, sharedData: ["uploads", "a/b"] };
    const planned = (sharedFiles: boolean): HostPlan =>
      planHost({ apps: [shares, site], code, debian: 13, hops: directHops, sharedFiles });

    it("has folders like any others on a single host, and nothing else", () =>
      assert.deepEqual(
        planned(false),
        planHost({ apps: [{ ...api, data: ["uploads", "a/b"] }, site], code, debian: 13, hops: directHops }),
      ));

    it("gives its user the id that it has on all machines", () =>
      assert.deepEqual(planned(true).users, [
        { name: "app-api", home: "/var/lib/landfall/data/api", uid: sharedUserId("api") },
      ]));

    it("has the tunnel, the file system and the folders before the app", () => {
      const names = planned(true).units.map(({ name }) => name);
      const wanted = [
        "landfall-files-tunnel.service",
        "var-lib-landfall-shared.mount",
        "landfall-folders-api.service",
        "app-api.service",
      ];
      assert.deepEqual(
        names.filter((name) => wanted.includes(name)),
        wanted,
      );
      assert.ok(["nfs-common", "stunnel4"].every((name) => planned(true).packages.includes(name)));
      assert.deepEqual(planned(true).tunnel, filesTunnel);
    });

    for (const name of [
      "app-api.service",
      "landfall-folders-api.service",
      "landfall-files-tunnel.service",
      "var-lib-landfall-shared.mount",
    ])
      it(`writes ${name}`, () => {
        const { content } = planned(true).files.find(({ path }) => path.endsWith(`/${name}`))!;
        assertGolden(join(__dirname, "golden/shared-files", name), content);
      });
  });

  it("leaves the environment's key to the host when the requirements come with code from git", () => {
    const git: App = { ...api, source: { git: { url: "https://git.example.com/api.git", ref: "v1" } } };
    const [release] = planHost({ apps: [git], code: {}, debian: 12, hops: directHops }).releases;
    assert.equal(release!.python!.key, null);
    assert.ok(planHost({ apps: [git], code: {}, debian: 12, hops: directHops }).packages.includes("git"));
  });

  it("installs a package as a requirement with its exact version and extras", () => {
    const app: App = {
      ...api,
      python: undefined,
      source: { package: { name: "uvicorn", version: "0.54.0", extras: ["standard"] } },
    };
    assert.deepEqual(plan(app).releases[0]!.python!.packages, ["uvicorn[standard]==0.54.0"]);
  });

  it("runs no user, unit or data folder for an app that the web server serves", () => {
    const { users, units, apps } = plan(site);
    assert.deepEqual(users, []);
    assert.deepEqual(units, [{ name: "nginx.service", app: null }]);
    assert.deepEqual(apps, [{ name: "site", service: null, socket: null }]);
  });

  it("lets the web server's group into the data folder that it answers from, and into no other", () => {
    const media: Route = {
      domain: "media.example.com",
      serve: ServeBy.Files,
      directory: "media",
      files: { from: FilesFrom.Data },
    };
    const of = (routes: Route[]): [string[], string[]] => {
      const { directories, files } = plan({
        ...api,
        data: ["media", "private"],
        routes: [...(api.routes ?? []), ...routes],
      });
      return [
        directories
          .filter(({ path }) => path.startsWith(dataFolder("api")))
          .map(({ path, mode, group }) => `${path.slice(dataFolder("api").length)} ${mode} ${group}`),
        files.flatMap(({ path, content }) => (path.endsWith("app-api.service") ? content.match(/^UMask=.*$/m)! : [])),
      ];
    };
    assert.deepEqual(of([]), [[" 0700 app-api", "/media 0700 app-api", "/private 0700 app-api"], ["UMask=0077"]]);
    assert.deepEqual(of([media]), [
      [" 0710 www-data", "/media 2750 www-data", "/private 0700 app-api"],
      ["UMask=0027"],
    ]);
  });

  it("needs neither nginx nor certificates for an app without routes", () => {
    const mail: App = {
      name: "mail",
      source: { directory: "mail" },
      process: { command: ["./mail"] },
      listen: { publicPorts: [587] },
    };
    const { packages, certificates, files, health } = plan(mail);
    assert.deepEqual(packages, ["ca-certificates"]);
    assert.deepEqual(certificates, []);
    assert.equal(
      files.some((file) => file.path.startsWith("/etc/nginx")),
      false,
    );
    assert.deepEqual(health, [{ app: "mail", web: null, port: 587, contains: null, startSeconds: 60 }]);
  });

  it("asks each app for its health through its first route", () => {
    const app: App = {
      ...api,
      routes: [{ domain: "example.com", path: "/api/" }],
      health: { path: "health", contains: "well", status: 204 },
    };
    assert.deepEqual(plan(app).health, [
      {
        app: "api",
        web: { host: "example.com", path: "/api/health", status: 204 },
        port: null,
        contains: "well",
        startSeconds: 60,
      },
    ]);
  });

  it("tells for every file what a change to it does, and only to units that it plans", () => {
    const { files, units } = plan(api, site);
    const known = new Set(units.map((unit) => unit.name));
    for (const { path, change } of files) {
      assert.equal(change.effect === Effect.None, change.units.length === 0, path);
      for (const unit of change.units) assert.ok(known.has(unit), `${path} names ${unit}`);
    }
  });

  it("never holds an environment's secret value: only names and places", () => {
    const { secrets } = plan(api);
    assert.deepEqual(secrets, [
      { app: "api", name: "key", path: "/etc/landfall/secrets/api/key", parameter: "secrets/api/key", generate: true },
    ]);
  });

  it("names each path once, whatever the apps are called", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), (names) => {
        const apps = names.map((one): App => ({ ...api, name: one, routes: [{ domain: `${one}.example.com` }] }));
        const digests = Object.fromEntries(names.map((one) => [one, { digest: one, requirements: "" }]));
        const { files, directories } = planHost({ apps, code: digests, debian: 12, hops: directHops });
        for (const paths of [files.map((file) => file.path), directories.map((directory) => directory.path)])
          assert.equal(new Set(paths).size, paths.length);
      }),
    );
  });

  describe("with certificates that the host gets by itself", () => {
    const acme = { directory: "https://acme.example.com/directory", email: null };
    const own = planHost({ apps: [api, site], code, debian: 12, hops: directHops, certificates: { acme } });

    it("differs from one with certificates by parameters in nothing else", () => {
      const given = plan(api, site);
      assert.deepEqual(
        {
          ...own,
          acme: undefined,
          packages: own.packages.filter((name) => name !== "certbot"),
          files: own.files.filter(({ path }) => !path.startsWith("/etc/letsencrypt/")),
          units: own.units.filter(({ name }) => name !== "certbot.timer"),
          certificates: own.certificates.map(({ domain, folder }) => ({ domain, folder, parameter: `tls/${domain}` })),
        },
        { ...given, acme: undefined },
      );
      assert.notEqual(canonicalJson(own), canonicalJson(given));
    });

    it("says whom to ask, and has them renewed", () => {
      assert.deepEqual(own.acme, acme);
      assert.deepEqual(
        own.certificates.map(({ parameter }) => parameter),
        [null, null],
      );
      assert.ok(own.packages.includes("certbot"));
      assert.ok(own.units.some(({ name }) => name === "certbot.timer"));
    });

    it("asks nobody on a host without a web site", () => {
      const mail: App = { name: "mail", source: { directory: "mail" }, process: { command: ["./mail"] } };
      const without = planHost({ apps: [mail], code, debian: 12, hops: directHops, certificates: { acme } });
      assert.deepEqual([without.acme, without.packages], [undefined, ["ca-certificates"]]);
    });
  });

  it("keeps the unit of a download running", () => {
    const download = { package: "agent", version: "1", url: "https://a.example/a.deb", sha256: "a".repeat(64) };
    const made = planHost({
      apps: [site],
      code,
      debian: 12,
      hops: directHops,
      downloads: [
        { ...download, unit: "agent.service" },
        { ...download, package: "tool", unit: null },
      ],
    });
    assert.deepEqual(made.units, [
      { name: "nginx.service", app: null },
      { name: "agent.service", app: null },
    ]);
    assert.deepEqual(
      made.downloads?.map((one) => one.package),
      ["agent", "tool"],
    );
  });

  describe("behind a hop that proves itself", () => {
    const hops = { ...directHops, front: [cloudFrontHop({ addresses: ["130.176.0.0/17"], provesItself: true })] };
    const path = "/etc/landfall/proofs/x-landfall-origin-secret.conf";

    it("asks a parameter for the proof, and has nginx look for it in a folder that only root reads", () => {
      const own = planHost({ apps: [site], code, debian: 12, hops });
      const parameter = "proofs/x-landfall-origin-secret";
      assert.deepEqual(own.proofs, [{ header: "X-Landfall-Origin-Secret", path, parameter }]);
      const root = { owner: "root", group: "root" };
      assert.deepEqual(own.directories.at(-1), { path: "/etc/landfall/proofs", mode: "0700", ...root });
      assert.match(
        own.files.find((file) => file.path === "/etc/nginx/nginx.conf")?.content ?? "",
        new RegExp(`include ${path};`),
      );
    });

    it("asks for none without a web site", () => {
      const mail: App = { name: "mail", source: { directory: "mail" }, process: { command: ["./mail"] } };
      assert.equal(planHost({ apps: [mail], code, debian: 12, hops }).proofs, undefined);
    });
  });

  it("has no members for what is not asked for", () => {
    assert.deepEqual(
      Object.keys(plan(site)).filter((key) => ["acme", "downloads", "proofs"].includes(key)),
      [],
    );
  });
});
