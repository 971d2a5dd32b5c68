import assert from "node:assert/strict";
import fc from "fast-check";
import { dropped, effective, effectiveOne } from "../../../../policies/reader/nginx/effective";
import { LocationView, NginxScope } from "../../../../policies/reader/nginx/nginx-view";
import { answeringScopes } from "../../../../policies/reader/nginx/scopes";
import { nginxOf } from "./configurations";
import { PlainNginx } from "./plain-nginx";

/** The first scope of this kind in the first server. */
function scope(http: string, kind: string): NginxScope {
  const [server] = nginxOf(http).servers;
  assert.ok(server);
  const found = answeringScopes(server).findLast((one) => one.kind === kind);
  assert.ok(found);
  return found;
}

const args = (http: string, kind: string, name: string): string[] =>
  effective(scope(http, kind), name).map((one) => [...(one.name === name ? [] : [one.name]), ...one.args].join(" "));

describe("effective", () => {
  const table: [http: string, kind: string, name: string, expected: string[]][] = [
    ["add_header A 1; server { location / {} }", "location", "add_header", ["A 1"]],
    [
      "add_header A 1; server { add_header B 2; add_header C 3; location / {} }",
      "location",
      "add_header",
      ["B 2", "C 3"],
    ],
    ["add_header A 1; server { location / { add_header B 2; } }", "location", "add_header", ["B 2"]],
    ["server { add_header A 1; location / { if ($x) { return 200; } } }", "if", "add_header", ["A 1"]],
    ["server { add_header A 1; location / { if ($x) { add_header B 2; } } }", "if", "add_header", ["B 2"]],
    [
      "server { add_header A 1; location / { add_header_inherit merge; add_header B 2; } }",
      "location",
      "add_header",
      ["B 2", "A 1"],
    ],
    ["server { add_header A 1; location / { add_header_inherit off; } }", "location", "add_header", []],
    [
      "add_header A 1; server { add_header_inherit merge; add_header B 2; location / { add_header C 3; } }",
      "location",
      "add_header",
      ["C 3", "B 2", "A 1"],
    ],
    [
      "server { add_header A 1; location / { add_header_inherit on; add_header B 2; } }",
      "location",
      "add_header",
      ["B 2"],
    ],
    ["server { proxy_set_header A 1; location / { proxy_set_header B 2; } }", "location", "proxy_set_header", ["B 2"]],
    ["server { root /a; location / { alias /b; location /c {} } }", "location", "root", ["alias /b"]],
    ["server { root /a; location / { alias /b; } }", "location", "alias", ["/b"]],
    ["server { deny all; location / { allow all; } }", "location", "deny", ["allow all"]],
    ["server { location / { proxy_pass http://a; location /b {} } }", "location", "proxy_pass", []],
    ["server { location / { proxy_pass http://a; if ($x) { set $y 1; } } }", "if", "proxy_pass", ["http://a"]],
    [
      "server { location / { proxy_pass http://a; limit_except GET { deny all; } } }",
      "limit_except",
      "proxy_pass",
      ["http://a"],
    ],
    ["server { return 301 /x; location / {} }", "location", "return", []],
    ["server_tokens off; server { location / {} }", "location", "server_tokens", ["off"]],
    ["server { location / {} }", "location", "server_tokens", []],
  ];
  for (const [http, kind, name, expected] of table) {
    it(`has ${JSON.stringify(expected)} as ${name} in ${kind} of ${http}`, () =>
      assert.deepEqual(args(http, kind, name), expected));
  }

  it("gives the last of directives that take one value", () => {
    assert.deepEqual(effectiveOne(scope("server { location / { root /a; root /b; } }", "location"), "root")?.args, [
      "/b",
    ]);
    assert.equal(effectiveOne(scope("server { location / {} }", "location"), "root"), null);
  });

  it("inherits what the main file says outside of http", () => {
    assert.deepEqual(args("server { location / {} }", "location", "events"), [""]);
  });
});

describe("dropped", () => {
  const table: [http: string, expected: string[]][] = [
    ["server { add_header A 1; location / { add_header B 2; } }", ["A 1"]],
    ["server { add_header A 1; location / {} }", []],
    ["server { add_header A 1; location / { add_header_inherit merge; add_header B 2; } }", []],
    ["server { add_header A 1; location / { add_header_inherit off; } }", ["A 1"]],
    ["add_header A 1; server { location / { add_header B 2; } }", ["A 1"]],
  ];
  for (const [http, expected] of table) {
    it(`drops ${JSON.stringify(expected)} in the location of ${http}`, () =>
      assert.deepEqual(
        dropped(scope(http, "location"), "add_header").map((one) => one.args.join(" ")),
        expected,
      ));
  }
});

describe("answeringScopes", () => {
  it("names the server, its locations, those in them, and the conditions of locations", () => {
    const [server] = nginxOf(
      "server { if ($a) { return 403; } location /a { if ($b) { return 200; } location /a/b { limit_except GET { deny all; } } } location /c {} }",
    ).servers;
    assert.ok(server);
    assert.deepEqual(
      answeringScopes(server).map((one) => [one.kind, one.args.join(" ")]),
      [
        ["server", ""],
        ["location", "/a"],
        ["if", "($b)"],
        ["location", "/a/b"],
        ["limit_except", "GET"],
        ["location", "/c"],
      ],
    );
  });
});

/** Headers of a block, and the blocks in it. */
interface Block {
  readonly headers: readonly string[];
  readonly isTrue: boolean | null;
  readonly inner: readonly Block[];
}

describe("effective beside a real nginx", () => {
  const headers = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 2 });
  const blocks = (depth: number): fc.Arbitrary<Block[]> =>
    depth === 0
      ? fc.constant([])
      : fc.array(fc.record({ headers, isTrue: fc.constantFrom(true, false, null), inner: blocks(depth - 1) }), {
          maxLength: 3,
        });
  const servers = fc.sample(fc.tuple(headers, blocks(3)), {
    numRuns: 40,
    seed: 5,
  });
  const write = (names: readonly string[]): string =>
    names.map((name) => `add_header X-Test ${name} always;`).join(" ");
  const location = (path: string, { headers: own, isTrue, inner }: Block): string => {
    const condition =
      isTrue === null
        ? ""
        : `if ($request_method ${isTrue ? "=" : "!="} GET) { add_header X-Test if always; return 204; }`;
    const nested = inner.map((one, i) => location(`${path}${i}/`, one)).join(" ");
    return `location ${path} { ${write(own)} ${condition} ${nested} }`;
  };
  const http = `add_header X-Test http always;\n${servers
    .map(
      ([own, blocks], i) =>
        `server { listen SOCKET; server_name s${i}; root /nonexistent; ${write(own)}\n${blocks.map((one, j) => location(`/${j}/`, one)).join("\n")} }`,
    )
    .join("\n")}`;

  let nginx: PlainNginx;
  before(async function () {
    this.timeout(60_000);
    nginx = await PlainNginx.start(http);
  });
  after(() => nginx.stop());

  it("gives the headers that nginx sends, for many configurations", async function () {
    this.timeout(60_000);
    const view = nginxOf(http.replaceAll("SOCKET", "80"));
    let compared = 0;
    for (const server of view.servers) {
      for (const one of answeringScopes(server)) {
        const location = (one.kind === "if" ? one.parent : one) as LocationView;
        // What a condition that is true answers is the scope of the condition.
        const isOvertaken = one.kind === "location" && location.conditions.some(({ args }) => args[1] === "=");
        const isNeverTrue = one.kind === "if" && one.args[1] === "!=";
        if (one.kind === "server" || isOvertaken || isNeverTrue) continue;
        compared++;
        const answer = await nginx.ask(server.names[0] ?? "", location.pattern);
        assert.deepEqual(
          effective(one, "add_header").map(({ args: words }) => words[1]),
          answer.headers,
          `${server.names[0]} ${location.pattern}`,
        );
      }
    }
    assert.ok(compared > 60, `only ${compared} scopes compared`);
  });
});
