import assert from "node:assert/strict";
import { HostView } from "../../../policies/reader/host-view";
import { readNginx } from "../../../policies/reader/read-nginx";
import { readUserData } from "../../../policies/reader/read-user-data";

const read = (files: Record<string, string | null>): HostView =>
  readNginx(
    Object.entries(files).map(([path, content]) => ({ path, content })),
    "folder",
  );
const names = (view: HostView): (readonly string[])[] => (view.nginx?.servers ?? []).map((server) => server.names);
const problems = (view: HostView): string[] =>
  view.problems.map(({ kind, place, message }) => `${kind} ${place.file}:${place.line ?? "-"} ${message}`);
const server = (name: string): string => `server { server_name ${name}; }\n`;

describe("readNginx", () => {
  it("puts included files where their include stands, sorted, each directive with its own place", () => {
    const view = read({
      "nginx.conf": "http {\n  include sites/*.conf;\n  include extra;\n}\n",
      "sites/b.conf": server("b"),
      "sites/a.conf": `\n${server("a")}`,
      "sites/.hidden.conf": server("hidden"),
      "sites/c.txt": server("c"),
      extra: server("d"),
    });
    assert.deepEqual([problems(view), names(view)], [[], [["a"], ["b"], ["d"]]]);
    assert.deepEqual(view.nginx?.servers[0]?.place, { file: "/sites/a.conf", line: 2, sourceLine: 2 });
  });

  it("looks up what is included by the name it has on the host", () => {
    const view = read({
      "deploy/nginx/nginx.conf":
        "http { include /etc/nginx/mime.types; include /etc/nginx/sites/*.conf; include tls.conf; }",
      "deploy/nginx/sites/a.conf": server("a"),
      "deploy/nginx/tls.conf": server("b"),
    });
    assert.deepEqual([problems(view), names(view), view.nginx?.main], [[], [["a"], ["b"]], "/deploy/nginx/nginx.conf"]);
  });

  it("includes files inside of blocks", () => {
    const view = read({
      "nginx.conf": "http { server { location / { include proxy.conf; } } }",
      "proxy.conf": "proxy_pass http://a;",
    });
    const [location] = view.nginx?.servers[0]?.locations ?? [];
    assert.deepEqual(
      location?.directives.map(({ name, place }) => [name, place.file]),
      [["proxy_pass", "/proxy.conf"]],
    );
  });

  it("reads a folder that has no main file with the includes that all distributions have", () => {
    const view = read({ "/etc/nginx/conf.d/a.conf": server("a"), "/etc/nginx/sites-available/b": server("b") });
    assert.deepEqual(
      [view.nginx?.mainAssumed, view.nginx?.main, names(view)],
      [true, "/etc/nginx/nginx.conf", [["a"]]],
    );
  });

  it("reads files of sites that lie in the folder itself", () => {
    const view = read({ "a.conf": server("a"), "b.conf": server("b") });
    assert.deepEqual([problems(view), view.nginx?.mainAssumed, names(view)], [[], true, [["a"], ["b"]]]);
  });

  it("reads a single file with a site", () => {
    const view = read({ "nginx.conf": server("a") });
    assert.deepEqual([problems(view), view.nginx?.mainAssumed, names(view)], [[], true, [["a"]]]);
  });

  it("gathers upstreams and what is said about names", () => {
    const view = read({
      "nginx.conf":
        "http { upstream app { server unix:/run/a.sock; server 127.0.0.1:8000 backup; keepalive 2; } server { server_name A.test b.test; server_name c.test; } }",
    });
    assert.deepEqual(
      [view.nginx?.upstreams.map(({ name, servers }) => [name, servers.map(({ address }) => address)]), names(view)],
      [[["app", ["unix:/run/a.sock", "127.0.0.1:8000"]]], [["a.test", "b.test", "c.test"]]],
    );
  });

  const faults: [what: string, files: Record<string, string | null>, expected: string[]][] = [
    [
      "text that nginx cannot read",
      { "nginx.conf": "http {\n  server {\n}\n" },
      ['broken /nginx.conf:4 is not what nginx can read: unexpected end of file, expecting "}"'],
    ],
    [
      "an included file that nginx cannot read",
      { "nginx.conf": "http { include a; include b; }", a: "server {}}", b: server("b") },
      ['broken /a:1 is not what nginx can read: unexpected "}"'],
    ],
    [
      "a file that is not there",
      { "nginx.conf": "http { include gone.conf; }" },
      ["unread /nginx.conf:1 includes /gone.conf, which is not among the files"],
    ],
    [
      "a file whose content is not known",
      { "nginx.conf": null },
      ["unread /nginx.conf:- the content of /nginx.conf is known only on the host"],
    ],
    [
      "files that include one another",
      { "nginx.conf": "http { include a; }", a: "include b;", b: "include a;" },
      ["broken /b:1 includes files that include one another without end"],
    ],
    [
      "a folder without anything of nginx",
      { "README.md": "hi" },
      ["unread folder:- has no nginx.conf, and nothing that one would include"],
    ],
    [
      "blocks that are nested without end",
      { "nginx.conf": "a {".repeat(20_000) + "}".repeat(20_000) },
      ["unread /nginx.conf:1 has blocks that are nested too deeply to be read"],
    ],
    [
      "blocks that are nested deeply",
      { "nginx.conf": "a {".repeat(200) + "}".repeat(200) },
      ["unread /nginx.conf:1 stands in more than 100 blocks; it is not read"],
    ],
  ];
  for (const [what, files, expected] of faults) {
    it(`reports ${what}`, () => assert.deepEqual(problems(read(files)), expected));
  }

  it("goes on with the other files after one that nginx cannot read", () => {
    assert.deepEqual(names(read({ "nginx.conf": "http { include a; include b; }", a: "}", b: server("b") })), [["b"]]);
  });

  it("ends with includes that double at each step", () => {
    const files: Record<string, string> = { "nginx.conf": "include f0;" };
    for (let i = 0; i < 19; i++) files[`f${i}`] = `include f${i + 1}; include f${i + 1};`;
    files["f19"] = "a; b; c; d;";
    assert.deepEqual(problems(read(files)), ["unread /f19:1 there are more than the 200000 directives that are read"]);
  });
});

describe("nginx in user data", () => {
  const file = (path: string, text: string): string => `cat > ${path} <<'EOF'\n${text}\nEOF\n`;
  const servers = (script: string): (readonly string[])[] => names(readUserData(`#!/bin/sh\n${script}`, "data"));
  const main = file("/etc/nginx/nginx.conf", "http { include sites-enabled/*; }");

  it("sees a site only when a link enables it", () => {
    const site = file("/etc/nginx/sites-available/a", server("a"));
    assert.deepEqual(servers(main + site), []);
    assert.deepEqual(servers(`${main}${site}ln -s ../sites-available/a /etc/nginx/sites-enabled/`), [["a"]]);
  });

  it("does not see a site whose link is taken away again", () => {
    const site = file("/etc/nginx/sites-available/a", server("a"));
    const link = "ln -s ../sites-available/a /etc/nginx/sites-enabled/a\n";
    assert.deepEqual(servers(`${main}${site}${link}rm /etc/nginx/sites-enabled/a`), []);
  });

  it("sees the files of a folder that is linked", () => {
    const other = file("/etc/nginx/nginx.conf", "http { include sites/*; }");
    assert.deepEqual(servers(`${other}${file("/srv/nginx/a", server("a"))}ln -s /srv/nginx /etc/nginx/sites`), [["a"]]);
  });

  it("ends with links that lead to one another", () => {
    assert.deepEqual(
      servers(
        `${main}ln -s /etc/nginx/b /etc/nginx/a\nln -s /etc/nginx/a /etc/nginx/b\nln -s /etc/nginx/a /etc/nginx/sites-enabled/x`,
      ),
      [],
    );
  });

  it("reports a site that stands in the main file outside of http", () => {
    const view = readUserData(`#!/bin/sh\n${file("/etc/nginx/nginx.conf", server("a"))}`, "data");
    assert.deepEqual(problems(view), [
      'broken /etc/nginx/nginx.conf:1 has "server" outside of "http", which nginx refuses',
    ]);
  });

  it("assumes a distribution's main file where only sites are written", () => {
    const view = readUserData(`#!/bin/sh\n${file("/etc/nginx/conf.d/a.conf", server("a"))}`, "data");
    assert.deepEqual([view.nginx?.mainAssumed, names(view)], [true, [["a"]]]);
  });
});
