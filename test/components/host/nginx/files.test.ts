import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { guest } from "../../../../components/host/guest";
import { applicationLoadBalancerHop } from "../../../../components/host/hop";
import { directHops, HopChain } from "../../../../components/host/hops";
import { nginxFiles } from "../../../../components/host/nginx/files";
import { repeatHeaders } from "../../../../components/host/nginx/inherit";
import { parse } from "../../../../components/host/nginx/parse";
import { block, Directive, directive } from "../../../../components/host/nginx/tree";
import { assertGolden } from "../golden";
import { sampleApps } from "./sample-apps";

const localHops: HopChain = { publicHttpPort: 8080, publicHttpsPort: 8443, front: [] };

describe("nginxFiles", () => {
  for (const file of nginxFiles(sampleApps, directHops, guest(12))) {
    const name = file.path.replace("/etc/nginx/", "");
    it(`writes ${name}`, () => assertGolden(join(__dirname, "golden", name), file.content));
  }

  it("writes HTTP/2, curves and tickets as Debian 13 takes them", () => {
    const files = contents(nginxFiles(sampleApps, directHops, guest(13)));
    assert.match(files["sites/docs.example.com.conf"]!, /listen 443 ssl;[^}]*http2 on;/);
    assert.match(files["nginx.conf"]!, /ssl_ecdh_curve \?X25519MLKEM768:X25519:/);
    assert.doesNotMatch(files["nginx.conf"]!, /ssl_session_tickets/);
  });

  it("names the public port wherever a client is sent", () => {
    const files = contents(nginxFiles(sampleApps, localHops, guest(12)));
    assert.match(files["sites/chat.localhost.conf"]!, /return 308 https:\/\/chat\.localhost:8443\$request_uri;/);
    assert.match(files["sites/chat.localhost.conf"]!, /proxy_set_header Host chat\.localhost:8443;/);
    assert.match(files["sites/chat.localhost.conf"]!, /proxy_set_header X-Forwarded-Port 8443;/);
  });

  it("cuts nothing at a reload, unless told after how long", () => {
    const main = (drainSeconds?: number) =>
      contents(nginxFiles(sampleApps, directHops, guest(12), { drainSeconds }))["nginx.conf"]!;
    assert.doesNotMatch(main(), /worker_shutdown_timeout/);
    assert.match(main(300), /^worker_shutdown_timeout 300s;$/m);
  });

  describe("for what goes on", () => {
    const text = (route: Partial<Route>): string => {
      const app = { ...sampleApps[0]!, routes: [{ domain: "a.example", ...route }] };
      return contents(nginxFiles([app], directHops, guest(12)))["sites/a.example.conf"]!;
    };

    it("turns off no buffers by itself", () => assert.doesNotMatch(text({}), /buffering/));

    it("passes a stream on at once, and waits for it for an hour", () => {
      assert.match(
        text({ stream: true }),
        /proxy_read_timeout 3600s;\n\s+proxy_send_timeout 3600s;\n\s+proxy_buffering off;/,
      );
      assert.doesNotMatch(text({ stream: true }), /proxy_request_buffering/);
    });

    it("takes in requests and answers as the route says", () => {
      assert.match(
        text({ bufferRequests: false, bufferAnswers: false }),
        /proxy_request_buffering off;\n\s+proxy_buffering off;/,
      );
      assert.doesNotMatch(text({ bufferRequests: true, bufferAnswers: true }), /buffering/);
    });
  });

  it("asks patterns before prefixes where there are any, in the order in which they are written", () => {
    const [first, second] = sampleApps as [App, App];
    const apps = [
      { ...second, routes: [{ domain: "a.example", pattern: "/b|/a" }, { domain: "a.example" }] },
      { ...first, routes: [{ domain: "a.example", pattern: "/a/.+/x{2}$" }, { domain: "b.example" }] },
    ];
    const files = contents(nginxFiles(apps, directHops, guest(12)));
    const locations = (domain: string): string[] =>
      [...files[`sites/${domain}.conf`]!.matchAll(/location (?!@)(.*) \{/g)].map(([, words]) => words!).slice(2);
    assert.deepEqual(locations("a.example"), ["~ ^(?:/b|/a)", '~ "^/a/.+/x{2}$"', "/"]);
    assert.deepEqual(locations("b.example"), ["^~ /"]);
  });

  it("believes what trusted hops say of the client", () => {
    const { "nginx.conf": main } = contents(
      nginxFiles(
        sampleApps,
        { ...directHops, front: [applicationLoadBalancerHop({ addresses: ["10.0.0.0/8"] })] },
        guest(12),
      ),
    );
    assert.match(
      main!,
      /set_real_ip_from 10\.0\.0\.0\/8;\n\s+real_ip_header X-Forwarded-For;\n\s+real_ip_recursive on;/,
    );
  });

  it("reloads nginx for every file, and nothing else", () => {
    for (const file of nginxFiles(sampleApps, directHops, guest(12))) {
      assert.deepEqual(file.change, { effect: "reload", units: ["nginx.service"] });
    }
  });

  it("is the same for every order of the apps", () => {
    const sorted = (apps: readonly App[]) => contents(nginxFiles(apps, directHops, guest(12)));
    assert.deepEqual(sorted([...sampleApps].reverse()), sorted(sampleApps));
  });

  it("changes one app's files only, when one app's route changes", () => {
    const changed = sampleApps.map((app) =>
      app.name === "chat" ? { ...app, routes: [{ domain: "chat.localhost", websocket: true, maxBodyMiB: 99 }] } : app,
    );
    const [before, after] = [sampleApps, changed].map((apps) => contents(nginxFiles(apps, directHops, guest(12))));
    const different = Object.keys(before!).filter((name) => before![name] !== after![name]);
    assert.deepEqual(different, ["apps/chat.conf", "sites/chat.localhost.conf", "sites/www.example.com.conf"]);
  });

  it("includes by relative paths, so that a copy of the folder can be checked", () => {
    const includes = everything(nginxFiles(sampleApps, directHops, guest(12)))
      .filter((node) => node.name === "include")
      .map((node) => node.args[0]!);
    assert.deepEqual([...new Set(includes)].filter((path) => !path.startsWith("/")).sort(), [
      "apps/*.conf",
      "removed-headers.conf",
      "sites/*.conf",
    ]);
    assert.deepEqual(
      includes.filter((path) => path.startsWith("/")),
      ["/etc/nginx/modules-enabled/*.conf", "/etc/nginx/mime.types"],
    );
  });

  it("sets or removes every forwarded header in every location that proxies", () => {
    const settled = [
      "Host",
      "X-Real-IP",
      "X-Forwarded-For",
      "X-Forwarded-Proto",
      "X-Forwarded-Host",
      "X-Forwarded-Port",
    ];
    settled.push("X-Forwarded-Prefix", "X-Scheme", "X-Request-URI", "Connection", "Upgrade");
    const proxied = everything(nginxFiles(sampleApps, directHops, guest(12))).filter(
      (node) => node.name === "location" && node.block?.some((inner) => inner.name === "proxy_pass"),
    );
    assert.equal(proxied.length, 6);
    for (const location of proxied) {
      const set = location.block!.filter((node) => node.name === "proxy_set_header").map((node) => node.args[0]);
      for (const header of settled) assert.ok(set.includes(header), `${header} in ${location.args[1]}`);
      assert.ok(location.block!.some((node) => node.name === "include" && node.args[0] === "removed-headers.conf"));
    }
  });

  it("gives room to the longest name there can be", () => {
    const domain = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    const { "nginx.conf": main } = contents(
      nginxFiles([{ name: "long", source: {}, routes: [{ domain, serve: "files" }] }], directHops, guest(12)),
    );
    assert.match(main!, /server_names_hash_bucket_size 512;/);
  });

  it("lets no path or directory out of its word", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .filter((value) => !/[\p{Cc}\p{Surrogate}]/u.test(value));
    const nasty = fc.constantFrom("/a;b/", "/a{b}/", '/"/', "/'/", "/a\\/", "/$host/", "/%0a/", "/#/", "/ /", "/}/");
    const shape = (path: string, directory: string) =>
      nginxFiles(
        [
          {
            name: "a",
            source: {},
            process: { command: ["a"] },
            routes: [
              { domain: "d.example", path, stripPrefix: true },
              { domain: "e.example", path, serve: ServeBy.Files, directory },
              { domain: "f.example", path, serve: ServeBy.Files, directory, stripPrefix: true },
            ],
          },
        ],
        directHops,
        guest(12),
      ).map((file) => skeleton(parse(file.content)));
    const plain = shape("/p/", "d");
    fc.assert(
      fc.property(
        fc.oneof(
          nasty,
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

  it("refuses what would lead out of a folder", () => {
    const files = (domain: string, directory: string) =>
      nginxFiles(
        [{ name: "a", source: {}, routes: [{ domain, serve: ServeBy.Files, directory }] }],
        directHops,
        guest(12),
      );
    assert.throws(() => files("../../x", ""), /domain "..\/..\/x" is not a host name/);
    assert.throws(() => files("d.example", "x/../.."), /directory "x\/..\/.." leaves the release/);
  });

  it("refuses a control character in a path", () => {
    const app: App = {
      name: "a",
      source: {},
      process: { command: ["a"] },
      routes: [{ domain: "d.example", path: "/a\nb/" }],
    };
    assert.throws(() => nginxFiles([app], directHops, guest(12)), /nginx cannot carry a newline in "\/a\\nb/);
  });
});

describe("repeatHeaders", () => {
  const header = (name: string, value: string) => directive("add_header", name, value);

  it("repeats the headers that a location of its own would drop, in all depths", () => {
    const server = block(
      "server",
      [],
      [
        header("A", "1"),
        header("B", "1"),
        block("location", ["/"], [header("b", "2"), block("location", ["/x"], [header("C", "3")])]),
        block("location", ["/y"], [directive("return", 404)]),
      ],
    );
    assert.deepEqual(
      repeatHeaders(server),
      block(
        "server",
        [],
        [
          header("A", "1"),
          header("B", "1"),
          block(
            "location",
            ["/"],
            [
              header("A", "1"),
              header("b", "2"),
              block("location", ["/x"], [header("A", "1"), header("b", "2"), header("C", "3")]),
            ],
          ),
          block("location", ["/y"], [directive("return", 404)]),
        ],
      ),
    );
  });
});

/** Contents by the path below nginx's folder. */
function contents(files: readonly { path: string; content: string }[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path.replace("/etc/nginx/", ""), file.content]));
}

/** Every directive of the files, in every depth. */
function everything(files: readonly { content: string }[]): Directive[] {
  const flat = (nodes: readonly Directive[]): Directive[] => nodes.flatMap((node) => [node, ...flat(node.block ?? [])]);
  return files.flatMap((file) => flat(parse(file.content)));
}

/** What is left of a tree without the words that people choose. */
function skeleton(nodes: readonly Directive[]): unknown[] {
  return nodes.map((node) => [
    /^[a-z_]+$/.test(node.name) ? node.name : "",
    node.args.length,
    node.block === undefined ? null : skeleton(node.block),
  ]);
}
