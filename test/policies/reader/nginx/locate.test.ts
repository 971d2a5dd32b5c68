import assert from "node:assert/strict";
import fc from "fast-check";
import { locate, normalizePath } from "../../../../policies/reader/nginx/locate";
import { LocationView, ServerView } from "../../../../policies/reader/nginx/nginx-view";
import { serverFor } from "../../../../policies/reader/nginx/server-for";
import { nginxOf } from "./configurations";
import { PlainNginx } from "./plain-nginx";

/** The one server of these directives. */
function server(directives: string): ServerView {
  const [only] = nginxOf(`server {\n${directives}\n}`).servers;
  assert.ok(only);
  return only;
}

/** What answers a path: the location as it is written, `server`, or where it is sent. */
function answer(directives: string, path: string): string {
  const { scope, redirect, uncertain } = locate(server(directives), path);
  assert.deepEqual(uncertain, []);
  return redirect ?? (scope.kind === "server" ? "server" : scope.args.join(" "));
}

describe("locate", () => {
  const php =
    "location / {} location /docs/ {} location ^~ /static/ {} location ~ \\.php$ {} location ~* \\.PY$ {} location = /docs/x.php {}";
  const table: [directives: string, path: string, expected: string][] = [
    [php, "/", "/"],
    [php, "/a", "/"],
    [php, "/docs/a", "/docs/"],
    [php, "/docs/a.php", "~ \\.php$"],
    [php, "/static/a.php", "^~ /static/"],
    [php, "/docs/x.php", "= /docs/x.php"],
    [php, "/a.py", "~* \\.PY$"],
    [php, "/a.PHP", "/"],
    ["location /docs/ {}", "/", "server"],
    ["location ~ b {} location ~ a {}", "/ab", "~ b"],
    ["location / { location ~ \\.git { } } location ~ config {}", "/.git/config", "~ \\.git"],
    ["location ^~ /a/ { location ~ x {} } location ~ y {}", "/a/y", "^~ /a/"],
    ["location /a/ { location ^~ /a/b/ {} } location ~ y {}", "/a/b/y", "~ y"],
    ["location /app/ { proxy_pass http://127.0.0.1:1; } location / {}", "/app", "/app/"],
    ["location /app/ { proxy_pass http://127.0.0.1:1; } location /app {}", "/app", "/app"],
    ["location /app/ { root /a; } location / {}", "/app", "/"],
    ["location =/a {} location ~\\.b$ {}", "/a", "=/a"],
    ["location =/a {} location ~\\.b$ {}", "/x.b", "~\\.b$"],
    ["location @named {} location / {}", "/@named", "/"],
    ["location ~ ^/(?<name>a)$ {}", "/a", "~ ^/(?<name>a)$"],
    ["location ~ (?i)^/A$ {}", "/a", "~ (?i)^/A$"],
    ["location ~ \\A/a\\z {}", "/a", "~ \\A/a\\z"],
    [php, "/docs/../.git/x.php?a=/b", "~ \\.php$"],
    [php, "/%64ocs/a", "/docs/"],
  ];
  for (const [directives, path, expected] of table) {
    it(`answers ${path} by ${expected} of ${directives}`, () => assert.equal(answer(directives, path), expected));
  }

  it("says which regular expressions it could not try", () => {
    const { scope, uncertain } = locate(server("location ~ (?>a) {} location / {}"), "/a");
    assert.deepEqual([(scope as LocationView).pattern, uncertain.map(({ pattern }) => pattern)], ["/", ["(?>a)"]]);
  });

  it("compares paths as nginx does", () => {
    const paths = [
      "/",
      "//a//b",
      "/a/./b",
      "/a/../b",
      "/a/b/..",
      "/a/.",
      "/../a",
      "/a%2Fb",
      "/a?b",
      "/a#b",
      "/..a",
      "/a/...",
    ];
    assert.deepEqual(paths.map(normalizePath), [
      "/",
      "/a/b",
      "/a/b",
      "/b",
      "/a/",
      "/a/",
      "/a",
      "/a/b",
      "/a",
      "/a",
      "/..a",
      "/a/...",
    ]);
  });

  describe("beside a real nginx", () => {
    /** As nginx lets them be nested: prefixes inside of prefixes, regular expressions anywhere. */
    const servers = fc.sample(fc.array(locationTree(), { minLength: 1, maxLength: 6 }), { numRuns: 60, seed: 11 });
    const paths = [
      "/",
      "/a",
      "/a/",
      "/ab",
      "/a/b",
      "/a/b/",
      "/a/bb/a",
      "/b",
      "/b/",
      "/b/a.x",
      "/a/b/a.x",
      "/ab/.x",
      "//a/./b",
      "/x.y",
    ];
    let http = "";
    servers.forEach((trees, index) => {
      const named = naming();
      http += `server { listen SOCKET; server_name s${index}; root /nonexistent;\n${trees.map((tree) => named(tree, "")).join("\n")}\n}\n`;
    });
    let nginx: PlainNginx;
    before(async function () {
      this.timeout(60_000);
      nginx = await PlainNginx.start(http);
    });
    after(() => nginx.stop());

    it("chooses the location that nginx chooses, for many configurations and paths", async function () {
      this.timeout(60_000);
      const view = nginxOf(http.replaceAll("SOCKET", "80"));
      for (const index of servers.keys()) {
        const chosen = serverFor(view, `s${index}`, 80);
        assert.ok(chosen);
        for (const path of paths) {
          const { scope, redirect } = locate(chosen, path);
          const [marker] = scope.kind === "server" ? [] : scope.directives.filter(({ name }) => name === "return");
          const expected = redirect ?? marker?.args[1] ?? (scope.kind === "server" ? "server" : "proxied");
          const real = await nginx.ask(`s${index}`, path);
          const got = real.location ?? (real.status === 502 ? "proxied" : real.status === 404 ? "server" : real.body);
          assert.equal(expected, got, `${path} of server${http.split("server {")[index + 1]}`);
        }
      }
    });
  });
});

interface Tree {
  readonly match: "=" | "" | "^~" | "~" | "~*";
  readonly pattern: string;
  readonly proxies: boolean;
  readonly inner: readonly Tree[];
}

function locationTree(): fc.Arbitrary<Tree> {
  const prefix = fc.constantFrom("/", "/a", "/a/", "/ab", "/a/b", "/a/b/", "/b", "/b/");
  const regex = fc.constantFrom("a", "b$", "\\.x$", "^/a/", "/b", "A", "x|y");
  return fc
    .letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthIdentifier: "location", maxDepth: 2 },
        fc.record({
          match: fc.constantFrom("=", "", "^~"),
          pattern: prefix,
          proxies: fc.boolean(),
          inner: fc.constant([]),
        }),
        fc.record({
          match: fc.constantFrom("", "^~", "~", "~*"),
          pattern: fc.constant(""),
          proxies: fc.boolean(),
          inner: fc.array(tie("tree"), { maxLength: 3, depthIdentifier: "location" }),
        }),
      ) as fc.Arbitrary<Tree>,
    }))
    .tree.chain((tree) => fc.tuple(prefix, regex).map(([path, expression]) => filled(tree, path, expression)));
}

/** Gives a location that has others inside a pattern of its kind. */
function filled(tree: Tree, path: string, expression: string): Tree {
  return tree.pattern !== "" ? tree : { ...tree, pattern: tree.match.startsWith("~") ? expression : path };
}

/** Writes locations, leaving out what nginx refuses: the same one twice, and one outside of the one it stands in. */
function naming(): (tree: Tree, outer: string) => string {
  let count = 0;
  const write = (tree: Tree, outer: string, seen: Set<string>, insideRegex: boolean): string => {
    const isRegex = tree.match.startsWith("~");
    const key = `${tree.match === "^~" ? "" : tree.match} ${tree.pattern}`;
    if (
      tree.pattern === "" ||
      seen.has(key) ||
      (insideRegex && !isRegex) ||
      (!isRegex && !tree.pattern.startsWith(outer))
    )
      return "";
    seen.add(key);
    const inner = new Set<string>();
    const nested = tree.inner
      .map((one) => write(one, isRegex ? outer : tree.pattern, inner, insideRegex || isRegex))
      .join(" ");
    const handler = tree.proxies ? "proxy_pass http://127.0.0.1:1;" : `return 200 L${count++};`;
    return `location ${tree.match} "${tree.pattern}" { ${tree.match === "=" ? "" : nested} ${handler} }`;
  };
  const top = new Set<string>();
  return (tree, outer) => write(tree, outer, top, false);
}
