import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { type App } from "../../../../components/app/app";
import { ListenVia } from "../../../../components/app/listen";
import { FilesFrom } from "../../../../components/app/route/files";
import { type Route, ServeBy } from "../../../../components/app/route/route";
import { apacheFiles } from "../../../../components/host/apache/files";
import { guest } from "../../../../components/host/guest";
import { applicationLoadBalancerHop } from "../../../../components/host/hop";
import { directHops, type HopChain } from "../../../../components/host/hops";
import { assertGolden } from "../golden";
import { corsApps } from "../../../behaviour/cors";
import { hardeningApps } from "../../../behaviour/hardening";
import { sampleApps } from "../nginx/sample-apps";
import { RunningApache } from "./running-apache";

const golden = (name: string): string => join(__dirname, "golden", name);
const process = { command: ["app"] };

describe("httpd's files", () => {
  const contents = (apps: readonly App[], hops: HopChain = directHops, debian = 12): Record<string, string> =>
    Object.fromEntries(
      apacheFiles(apps, hops, guest(debian)).map(({ path, content }) => [path.replace("/etc/apache2/", ""), content]),
    );

  for (const [path, text] of Object.entries(contents(sampleApps))) {
    it(`are as looked at: ${path}`, () => assertGolden(golden(path.replaceAll("/", "-")), text));
  }

  for (const path of ["apache2.conf", "sites/api.example.com.conf", "sites/apps.example.com.conf"]) {
    const chosen = [...hardeningApps.filter(({ name }) => ["reports", "said", "login"].includes(name)), corsApps[3]!];
    it(`with rules of routes are as looked at: ${path}`, () =>
      assertGolden(golden(join("rules", path.replaceAll("/", "-"))), contents(chosen)[path]!));
  }

  it("with files before an app are as looked at", () => {
    const files = { from: FilesFrom.Host, index: ["index.html", "index.htm"], precompressed: true };
    const domain = "kept.example.com";
    const routes: Route[] = [
      { domain, serve: ServeBy.FilesFirst, directory: "public", freshness: { seconds: 2_592_000 } },
      { domain, path: "/media/", stripPrefix: true, serve: ServeBy.FilesFirst, directory: "/srv/media", files },
    ];
    const written = contents([{ name: "journal", source: {}, process, routes }]);
    assertGolden(golden("serve/sites-kept.example.com.conf"), written["sites/kept.example.com.conf"]!);
    const folders = /<Directory [^]*<\/Directory>\n/.exec(written["apache2.conf"]!)?.[0];
    assertGolden(golden("serve/folders.conf"), folders!);
  });

  it("name the curves that OpenSSL of Debian 13 has", () =>
    assert.match(contents(sampleApps, directHops, 13)["apache2.conf"]!, /Groups X25519MLKEM768:X25519:/));

  it("keep the connections of clients for as long as the host says", () => {
    const main = (keepAliveSeconds?: number): string =>
      apacheFiles(sampleApps, directHops, guest(12), { keepAliveSeconds })[0]!.content;
    assert.match(main(20), /^KeepAliveTimeout 20$/m);
    assert.match(main(), /^KeepAliveTimeout (?!20$)\d+$/m);
  });

  it("name the files that answer for folders", () => {
    const routes: Route[] = [
      { domain: "www.example.com", serve: ServeBy.Files, files: { index: ["index.html", "index.htm"] } },
    ];
    assert.match(
      contents([{ name: "docs", source: {}, routes }])["sites/www.example.com.conf"]!,
      /DirectoryIndex index.html index.htm\n/,
    );
  });

  it("believe the hops in front of httpd about the client, and nobody else", () => {
    const front = [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] })];
    assert.match(
      contents(sampleApps, { ...directHops, front })["apache2.conf"]!,
      /RemoteIPHeader X-Forwarded-For\n(?: *#.*\n)RemoteIPInternalProxy 10\.0\.1\.0\/24\n/,
    );
    assert.doesNotMatch(contents(sampleApps)["apache2.conf"]!, /RemoteIPInternalProxy/);
  });

  it("are the same in whatever order the apps come", () =>
    assert.deepEqual(contents([...sampleApps].reverse()), contents(sampleApps)));

  it("change one domain's file only, when a route of it changes", () => {
    const changed = sampleApps.map((app) =>
      app.name === "blog" ? { ...app, routes: [{ domain: "www.example.com", maxBodyMiB: 99 }] } : app,
    );
    const [before, after] = [contents(sampleApps), contents(changed)];
    assert.deepEqual(
      Object.keys(before).filter((name) => before[name] !== after[name]),
      ["sites/www.example.com.conf"],
    );
  });

  it("refuse what would lead out of a folder", () => {
    const files = (domain: string, directory: string) =>
      contents([{ name: "a", source: {}, routes: [{ domain, serve: ServeBy.Files, directory }] }]);
    assert.throws(() => files("../../x", ""), /domain "..\/..\/x" is not a host name/);
    assert.throws(() => files("d.example", "x/../.."), /directory "x\/..\/.." leaves the release/);
  });

  it("refuse a control character in a path", () =>
    assert.throws(
      () => contents([{ name: "a", source: {}, process, routes: [{ domain: "d.example", path: "/a\nb/" }] }]),
      /httpd cannot carry a newline/,
    ));

  it("let no path or directory out of its word", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Surrogate}]|\$\{/u.test(value));
    const shape = (path: string, directory: string): string[][] =>
      apacheFiles(
        [
          {
            name: "a",
            source: {},
            process,
            routes: [
              { domain: "d.example", path: `${path}*/`, stripPrefix: true },
              { domain: "e.example", path: `${path}*/`, serve: ServeBy.Files, directory },
              { domain: "f.example", path: `${path}*/`, serve: ServeBy.Files, directory, stripPrefix: true },
            ],
          },
        ],
        directHops,
        guest(12),
      ).map(({ content }) => content.split("\n").map((line) => /^ *(?:<\/?)?\w*/.exec(line)?.[0] ?? ""));
    const plain = shape("/p/", "d");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom("/a;b/", '/"/', "/'/", "/a\\/", "/$host/", "/%0a/", "/#/", "/ /", "/>/", "/%{X}e/"),
          text.map((value) => `/${value.replaceAll("/", "")}x/`),
        ),
        text,
        (path, directory) => {
          fc.pre(!directory.split("/").includes(".."));
          assert.deepEqual(shape(path, directory), plain);
        },
      ),
    );
  });
});

/** Any routes that validation lets through. */
const segment = fc.stringMatching(/^[A-Za-z0-9\-._~!$&'()*+,;=:@]{1,12}$/).filter((text) => !/^\.{1,2}$/.test(text));
const path = fc.array(segment, { maxLength: 3 }).map((segments) => segments.map((one) => `/${one}`).join("") + "/");
const route = (domain: string): fc.Arbitrary<Route> =>
  fc.record(
    {
      domain: fc.constant(domain),
      path,
      stripPrefix: fc.boolean(),
      websocket: fc.boolean(),
      maxBodyMiB: fc.integer({ min: 1, max: 1024 * 1024 }),
      readTimeoutSeconds: fc.integer({ min: 1, max: 86_400 }),
    },
    { requiredKeys: ["domain"] },
  );
const files = (domain: string): fc.Arbitrary<Route> =>
  fc.record(
    { domain: fc.constant(domain), path, stripPrefix: fc.boolean(), serve: fc.constant(ServeBy.Files) },
    { requiredKeys: ["domain", "serve"] },
  );
const domains = ["www.example.com", "chat.localhost"];
const listens = [{ via: ListenVia.Activation }, { via: ListenVia.Socket }, { via: ListenVia.Port, port: 9000 }];
const apps = fc
  .array(
    fc.oneof(
      ...domains.flatMap((domain) => [
        fc.record({
          process: fc.constant(process),
          listen: fc.constantFrom(...listens),
          routes: fc.array(route(domain), { minLength: 1, maxLength: 4 }),
        }),
        fc.record({ routes: fc.array(files(domain), { minLength: 1, maxLength: 2 }) }),
      ]),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((all): App[] => {
    const taken = new Set<string>();
    return all.map((app, index) => ({
      name: `app-${index}`,
      source: {},
      ...app,
      routes: app.routes.filter((one) => {
        const where = `${one.domain}${one.path ?? "/"}`;
        return !taken.has(where) && taken.add(where);
      }),
    }));
  })
  .map((all) => all.filter(({ routes }) => routes?.length))
  .filter((all) => all.length > 0);

describe("a real httpd", function () {
  this.timeout(60_000);

  it("has nothing to say about the files of the sample apps", () => assert.equal(RunningApache.check(sampleApps), ""));

  it("takes the files of any routes that can be", () => {
    fc.assert(
      fc.property(apps, fc.boolean(), (some, balanced) => {
        const front = balanced ? [applicationLoadBalancerHop({ addresses: ["10.0.1.0/24", "2001:db8::/64"] })] : [];
        assert.equal(RunningApache.check(some, { front }), "");
      }),
      { numRuns: 40 },
    );
  });
});
