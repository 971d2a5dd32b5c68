import assert from "node:assert/strict";
import { join } from "node:path";
import type { App } from "../../components/app/app";
import type { Route } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import type { Seen, Subject, SubjectRequest } from "./subject";

/** Where the apps of this behaviour answer. */
export const pathsDomain = "paths.example.com";
const domain = pathsDomain;

/** Values that mean something to nginx, systemd, a shell, YAML or JSON. */
const environment = {
  ECHO_DOLLAR: "$HOME ${HOME} $$ $",
  ECHO_PERCENT: "%n %% %h 100%",
  ECHO_QUOTES: `"double" 'single' \`back\``,
  ECHO_BACKSLASH: "\\ \\n \\x41 C:\\",
  ECHO_SEMICOLON: "a; b # c | d & e > f",
  ECHO_YAML: "- [x]: {y}, *z !tag",
  ECHO_SPACES: "  two before, one after ",
  ECHO_LETTERS: "\u00fc\u4e2d\ud83d\ude00",
  ECHO_EMPTY: "",
};

const echo = (name: string, route: Omit<Route, "domain">): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name],
    environment,
    routes: [{ domain, ...route }],
    health: { contains: `"app": "${name}"` },
  });

/** Everything that a path may hold and that means something to nginx. */
const odd = "/pay$host;v=(1,'a')/";

/** The apps that `pathsBehaviour` asks. */
export const pathsApps: readonly App[] = [
  echo("root", {}),
  echo("kept", { path: "/kept/" }),
  echo("stripped", { path: "/app/", stripPrefix: true }),
  echo("deep", { path: "/app/inner/", stripPrefix: true }),
  echo("odd", { path: odd, stripPrefix: true }),
];

/** What every web server does with paths. Call it in the body of `describe`. */
export function pathsBehaviour(site: Subject): void {
  const ask = (path: string, request?: SubjectRequest) => site.request(`${site.origin(domain)}${path}`, request);
  const seen = async (path: string, request?: SubjectRequest): Promise<Seen> => {
    const answer = await ask(path, request);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body) as Seen;
  };

  const table: [sent: string, app: string, seen: string][] = [
    ["/", "root", "/"],
    ["/?q=%2F&r", "root", "/?q=%2F&r"],
    ["/apple", "root", "/apple"],
    ["/a%2Fb//c%20d", "root", "/a%2Fb//c%20d"],
    ["/kept/", "kept", "/kept/"],
    ["/kept/x?y=z", "kept", "/kept/x?y=z"],
    ["/kept//x%2Fy", "kept", "/kept//x%2Fy"],
    ["/app/", "stripped", "/"],
    ["/app/?q", "stripped", "/?q"],
    ["/app/x", "stripped", "/x"],
    ["/app//x", "stripped", "//x"],
    ["/app/x%2Fy", "stripped", "/x%2Fy"],
    ["/app/x%20y?z=%20+", "stripped", "/x%20y?z=%20+"],
    ["/app/x?next=/../y", "stripped", "/x?next=/../y"],
    ["/app/%C3%BC", "stripped", "/%C3%BC"],
    ["/app/..x/.y", "stripped", "/..x/.y"],
    ["/app/inner/x", "deep", "/x"],
    ["/app/inside", "stripped", "/inside"],
    [`${odd}x?y=$z`, "odd", "/x?y=$z"],
  ];
  for (const [path, app, url] of table) {
    it(`is ${url} of ${app} for ${path}`, async () => {
      for (const method of ["GET", "POST"]) {
        const { body, ...rest } = await seen(path, { method, ...(method === "POST" ? { body: "a=$b" } : {}) });
        assert.deepEqual([rest.app, rest.url, rest.method, body], [app, url, method, method === "POST" ? "a=$b" : ""]);
      }
    });
  }

  it("has its prefix told, when it was taken off, and only then", async () => {
    const prefixes: [string, string | undefined][] = [
      ["/", undefined],
      ["/kept/", undefined],
      ["/app/x", "/app"],
      ["/app/inner/x", "/app/inner"],
      [`${odd}x`, odd.slice(0, -1)],
    ];
    for (const [path, prefix] of prefixes) {
      const { headers } = await seen(path, { headers: { "X-Forwarded-Prefix": "/evil" } });
      assert.deepEqual([headers["x-forwarded-prefix"], headers["x-request-uri"]], [prefix, path]);
    }
  });

  it("is none for a path with dots that a client has left in: they would be read in two ways", async () => {
    for (const path of ["/app/../kept/", "/kept/%2e%2e/app/", "/app/..%2fx", "/app/.", "/app/./x"]) {
      assert.equal((await ask(path)).status, 400, path);
    }
  });

  it("is none for a prefix without its slash: the client is sent to the one with it, on the port it knows", async () => {
    for (const path of ["/app", "/kept", "/app/inner"]) {
      const answer = await ask(`${path}?a=b`, { forwarded: true });
      assert.deepEqual([answer.status, answer.headers.location], [308, [`${path}/?a=b`]]);
    }
  });

  it("can be redirected to by the app, which does not know of the prefix", async () => {
    const origin = site.origin(domain);
    const redirects: [path: string, location: string, expected: string][] = [
      ["/app/x", "/login", "/app/login"],
      ["/app/x", "/app/login", "/app/login"],
      ["/app/x", "login?a=b", "login?a=b"],
      ["/app/x", `${origin}/login`, "/app/login"],
      ["/app/x", `${origin}/app/login`, `${origin}/app/login`],
      ["/app/x", `http://${domain}:${site.httpsPort}/login`, "/app/login"],
      ["/app/x", "https://other.example/login", "https://other.example/login"],
      ["/app/x", "//other.example/login", "//other.example/login"],
      ["/kept/x", "/kept/login", "/kept/login"],
      ["/kept/x", `http://${domain}:${site.httpsPort}/kept/login`, `${origin}/kept/login`],
      ["/x", "/app/", "/app/"],
      [`${odd}x`, "/login", `${odd}login`],
    ];
    for (const [path, location, expected] of redirects) {
      const headers = { "X-Status": "302", "X-Answer": JSON.stringify({ Location: location }) };
      const answer = await ask(path, { headers });
      assert.deepEqual([answer.status, answer.headers.location], [302, [expected]], `${path} to ${location}`);
    }
  });

  it("is the path of the app's cookies", async () => {
    const set = ["a=1; Path=/; HttpOnly", "b=2; Path=/app/x; Secure", "c=3; Path=/y", "d=4"];
    const headers = { "X-Answer": JSON.stringify({ "Set-Cookie": set }) };
    assert.deepEqual((await ask("/app/", { headers })).headers["set-cookie"], [
      "a=1; Path=/app/; HttpOnly",
      "b=2; Path=/app/x; Secure",
      "c=3; Path=/app/y",
      "d=4",
    ]);
    assert.deepEqual((await ask("/kept/", { headers })).headers["set-cookie"], set);
  });

  it("comes with an environment whose values mean nothing to those who carry them", async () => {
    assert.deepEqual((await seen("/environment")).environment, environment);
  });
}
