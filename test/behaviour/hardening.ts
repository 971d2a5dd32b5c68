import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "../../components/app/app";
import { Route, ServeBy } from "../../components/app/route/route";
import { command } from "../../components/app/presets/command";
import { HttpMethod } from "../../components/app/route/methods";
import {
  ReferrerPolicy,
  ResourcePolicy,
  Security,
  SecurityPreset,
  ServedFiles,
  ServerHeader,
  XssProtection,
} from "../../components/app/route/security";
import { contentTypes, keptBackTypes } from "../../components/host/file-rules";
import { observatoryScore } from "../../components/probe/observatory";
import { probeSecurityHeaders } from "../../components/probe/security-headers";
import type { Subject, SubjectRequest } from "./subject";

/** Where the apps of this behaviour answer. */
export const hardeningDomain = "apps.example.com";
export const strictDomain = "strict.example.com";
const domain = hardeningDomain;

const echo = (name: string, route: Omit<Route, "domain">): App =>
  command({
    name,
    source: { directory: join(__dirname, "../machine/site-apps/echo") },
    command: ["python3", "echo.py", name],
    routes: [{ domain, ...route }],
    health: { contains: `"app": "${name}"` },
  });

const files = (name: string, route: Route): App => ({
  name,
  source: { directory: join(__dirname, "../machine/site-apps/strict") },
  routes: [{ serve: ServeBy.Files, ...route }],
  health: { contains: "Nothing but its own" },
});

/** What one route says by properties of its own. */
const said: Security = {
  framedBy: ["self", "https://intranet.example.com"],
  xssProtection: XssProtection.Off,
  referrerPolicy: ReferrerPolicy.NoReferrer,
  permissionsPolicy: { camera: "self https://meet.example.com" },
  contentSecurityPolicy: { directives: { "script-src": "'self' https://cdn.example.com" }, reportUri: "/csp-report" },
  resourcePolicy: ResourcePolicy.SameSite,
  strictTransport: { includeSubDomains: true },
  server: ServerHeader.App,
};

/** The apps that `hardeningBehaviour` asks. */
export const hardeningApps: readonly App[] = [
  files("strict", { domain: strictDomain, security: { preset: SecurityPreset.Strict } }),
  echo("plain", {}),
  echo("reports", {
    path: "/reports/",
    security: { preset: SecurityPreset.Gramex, allow: ["data.csv", "*.xlsx"] },
  }),
  files("library", {
    domain,
    path: "/library/",
    stripPrefix: true,
    security: { files: ServedFiles.Content, allow: ["data.csv"] },
  }),
  echo("said", { path: "/said/", security: said }),
  echo("closed", { path: "/closed/", security: { preset: SecurityPreset.Strict } }),
  echo("login", {
    path: "/login/",
    limits: { requestsPerMinute: 6, burst: 3 },
    methods: [HttpMethod.Get, HttpMethod.Post],
  }),
];

/** What every web server does to harden apps. Call it in the body of `describe`. */
export function hardeningBehaviour(site: Subject): void {
  const ask = (url: string, request?: SubjectRequest) => site.request(url, request);
  const at = (path: string): string => `${site.origin(domain)}${path}`;
  const status = async (path: string): Promise<number> => (await ask(at(path))).status;

  describe("files that are kept back", () => {
    for (const type of keptBackTypes)
      it(`are .${type}, wherever only content is answered`, async () => {
        assert.deepEqual(
          [await status(`/reports/x.${type}`), await status(`/reports/a/X.${type.toUpperCase()}/`)],
          type === "xlsx" ? [200, 403] : [403, 403],
        );
      });

    for (const type of contentTypes)
      it(`are not ${type.replace("*", "")}`, async () =>
        assert.equal(await status(`/reports/a/x.${type.replace("*", "e")}`), 200));

    for (const name of ["x", "x.unknown", "x.tar.gz", "x.html.bak", "x~.sw.p", "x.doc", "x.ppt", "x.coffee", "x.scss"])
      it(`are${name === "x" ? " not" : ""} ${name}`, async () =>
        assert.equal(await status(`/reports/${name}`), name === "x" ? 200 : 403));

    it("are answered where the route names them, by name or pattern", async () => {
      const asked = ["data.csv", "a/data.csv", "sales.xlsx", "a/b.c.xlsx"];
      for (const path of asked) assert.equal(await status(`/reports/${path}`), 200, path);
      for (const path of ["other.csv", "xdata.csv", "Data.csv", "data.csvx", "data.csv.py", "sales.xls"])
        assert.equal(await status(`/reports/${path}`), 403, path);
    });

    it("are not had by another spelling", async () => {
      const spelled = [
        ...["main%2Epy", "main.p%79", "a%2Fmain.py", "main.py/", "main.py/x", "main.py//", "main.py;x=1", "main.py%20"],
        ...["main.py;.html", "main.py%3B.html", "main.py%5C.html", "main.py%3F.html", "main.py%23.html", "main.py."],
        ...["main.py%0A", "main.py::$DATA", ".env", ".git/config", "a/.htpasswd.html", "main.pY?x.html"],
      ];
      for (const path of spelled) assert.equal(await status(`/reports/${path}`), 403, path);
    });

    it("are kept back from every method", async () => {
      for (const method of ["POST", "PUT", "HEAD", "DELETE"])
        assert.equal((await ask(at("/reports/main.py"), { method })).status, 403, method);
    });

    it("are those of one route only", async () => {
      for (const path of ["/main.py", "/data.db", "/other.csv", "/said/main.py"])
        assert.equal(await status(path), 200, path);
    });

    it("are kept back where the web server has them itself", async () => {
      const asked: [string, number][] = [
        ...(["", "index.html", "style.css", "data.json", "data.csv", "read.me.txt", "README"] as const).map(
          (path): [string, number] => [path, 200],
        ),
        ...(["other.csv", "data/inner.csv", "main.py", "settings.yaml", ".secret.json"] as const).map(
          (path): [string, number] => [path, 403],
        ),
        ["none.html", 404],
        ["none.py", 403],
      ];
      for (const [path, expected] of asked) assert.equal(await status(`/library/${path}`), expected, path);
    });
  });

  describe("headers for browsers", () => {
    const year = "max-age=63072000; includeSubDomains";
    const routes: [string, Security][] = [
      ["/", {}],
      ["/reports/", { preset: SecurityPreset.Gramex }],
      ["/reports/main.py", { preset: SecurityPreset.Gramex }],
      ["/said/", said],
      ["/closed/", { preset: SecurityPreset.Strict }],
      ["/library/none.html", {}],
      ["/login", {}],
    ];
    for (const [path, security] of routes)
      it(`are those of the route for ${path}, and once`, async () =>
        assert.deepEqual(await probeSecurityHeaders(ask, at(path), { security, strictTransport: year }), []));

    for (const answered of ["404", "500", "502"])
      it(`are on an answer of the app with status ${answered}`, async () => {
        for (const [path, security] of routes.slice(3, 5)) {
          const request = { headers: { "X-Status": answered } };
          assert.deepEqual(await probeSecurityHeaders(ask, at(path), { security, strictTransport: year, request }), []);
        }
      });

    it("are the app's where a preset says them, and the route's where it says them itself", async () => {
      const own = {
        "Content-Security-Policy": "default-src 'nonce-abc'",
        "Content-Security-Policy-Report-Only": "default-src 'self'",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "unsafe-url",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-XSS-Protection": "1",
        Server: "app",
      };
      const answer = async (path: string) =>
        (await ask(at(path), { headers: { "X-Answer": JSON.stringify(own) } })).headers;
      const closed = await answer("/closed/");
      assert.deepEqual(
        [closed["content-security-policy"], closed["x-frame-options"], closed["referrer-policy"]],
        [["default-src 'nonce-abc'"], ["SAMEORIGIN"], ["unsafe-url"]],
      );
      assert.deepEqual(closed["cross-origin-resource-policy"], ["cross-origin"]);
      const mine = await answer("/said/");
      assert.deepEqual(
        [
          mine["x-frame-options"],
          mine["referrer-policy"],
          mine["cross-origin-resource-policy"],
          mine["x-xss-protection"],
        ],
        [undefined, ["no-referrer"], ["same-site"], ["0"]],
      );
      assert.deepEqual(mine["content-security-policy"]?.sort(), [
        "default-src 'nonce-abc'",
        "frame-ancestors 'self' https://intranet.example.com",
      ]);
      assert.match(
        mine["content-security-policy-report-only"]?.join() ?? "",
        /^default-src 'none'; .*report-uri \/csp-report$/,
      );
    });

    it("tell the app's Server only where the route passes it through", async () => {
      const headers = { "X-Answer": JSON.stringify({ Server: "app 7" }) };
      const server = async (path: string) => (await ask(at(path), { headers })).headers["server"]?.join() ?? "";
      assert.match(await server("/said/"), /app 7/);
      assert.doesNotMatch(await server("/"), /app 7/);
    });

    it("of the strict preset score 100 at least on a site of files, by MDN's Observatory", async () => {
      const origin = site.origin(strictDomain);
      const { score, tests } = await observatoryScore(ask, `${origin}/`, `http://${strictDomain}:${site.httpPort}/`);
      assert.ok(score >= 100, JSON.stringify(tests));
    });
  });

  describe("methods", () => {
    it("that the route does not name are refused, and those it names are told", async () => {
      const answer = await ask(at("/login/"), { method: "DELETE" });
      assert.deepEqual([answer.status, answer.headers["allow"]], [405, ["GET, HEAD, POST"]]);
      assert.deepEqual(await probeSecurityHeaders(ask, at("/login/"), { request: { method: "PUT" } }), []);
      assert.equal((await ask(at("/"), { method: "DELETE" })).status, 200);
    });
  });

  describe("limits", () => {
    it("let a client have its burst, refuse what is more with 429, and hold for one route only", async () => {
      const seen: number[] = [];
      for (let sent = 0; sent < 8; sent++) seen.push((await ask(at("/login/"), { method: "HEAD" })).status);
      assert.ok(seen.includes(200), String(seen));
      assert.deepEqual(seen.slice(-3), [429, 429, 429]);
      assert.equal(await status("/"), 200);
      assert.deepEqual(await probeSecurityHeaders(ask, at("/login/")), []);
    });
  });
}
