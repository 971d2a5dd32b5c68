import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { type Route, ServeBy } from "../../../../components/app/route/route";
import { hardeningFolders } from "../../../behaviour/hardening";
import { useApache } from "./loopback-subject";

const domain = "fresh.example.com";
const process = { command: ["serve"] };
const echo = (name: string, route: Partial<Route>): App => ({
  name,
  source: {},
  process,
  routes: [{ domain, path: `/${name}/`, ...route }],
});
const files = (name: string, route: Partial<Route>): App => ({
  name,
  source: {},
  routes: [{ domain, serve: ServeBy.Files, ...route }],
});

describe("how long answers may be used, by a real httpd", function () {
  this.timeout(30_000);
  const folder = hardeningFolders["strict"]!;
  const freshness = { seconds: 600, pageSeconds: 60, sharedSeconds: 86_400 };
  const site = useApache(
    [
      files("pages", { path: "/" }),
      files("told", { path: "/told/", stripPrefix: true, freshness }),
      echo("app", { freshness }),
      echo("silent", {}),
    ],
    { pages: folder, told: folder },
  );
  const said = async (path: string, own: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    (await site.request(`${site.origin(domain)}${path}`, { headers: { "X-Answer": JSON.stringify(own), ...headers } }))
      .headers["cache-control"];

  const html = { "Content-Type": "text/html" };
  const json = { "Content-Type": "application/json" };
  const table: [
    what: string,
    path: string,
    own: Record<string, string>,
    sent: Record<string, string>,
    expected: string | undefined,
  ][] = [
    ["a page of an app", "/app/", html, {}, "public, max-age=60, s-maxage=86400"],
    ["an answer without a type", "/app/", {}, {}, "public, max-age=60, s-maxage=86400"],
    ["another answer", "/app/", json, {}, "public, max-age=600, s-maxage=86400"],
    ["an answer that sets a cookie", "/app/", { ...json, "Set-Cookie": "a=b" }, {}, "private, max-age=600"],
    ["a page for whoever is logged in", "/app/", html, { Cookie: "a=b" }, "private, max-age=60"],
    ["an answer to a password", "/app/", json, { Authorization: "Basic YTpi" }, "private, max-age=600"],
    ["what the app says itself", "/app/", { ...json, "Cache-Control": "no-store" }, {}, "no-store"],
    ["an answer with a date", "/app/", { ...json, Expires: "0" }, {}, undefined],
    ["an error", "/app/", json, { "X-Status": "404" }, undefined],
    ["an app whose route says nothing", "/silent/", json, {}, undefined],
    ["a page that is a file", "/told/", {}, {}, "public, max-age=60, s-maxage=86400"],
    ["another file", "/told/style.css", {}, {}, "public, max-age=600, s-maxage=86400"],
    ["a page of a route that says nothing", "/", {}, {}, "no-cache"],
    ["another file of a route that says nothing", "/style.css", {}, {}, "max-age=3600"],
    ["a file that is not there", "/told/none.css", {}, {}, undefined],
  ];
  for (const [what, path, own, sent, expected] of table)
    it(`is ${expected ?? "not said"} of ${what}`, async () =>
      assert.deepEqual(await said(path, own, sent), expected === undefined ? undefined : [expected]));
});
