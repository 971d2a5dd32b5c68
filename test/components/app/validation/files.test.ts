import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { Files, FilesFrom } from "../../../../components/app/route/files";
import { Freshness } from "../../../../components/app/route/freshness";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const route = (changes: Partial<Route>, app: Partial<App> = {}) =>
  sampleApp({ routes: [{ domain: "a.example", ...changes }], ...app });
const served = (directory: string | undefined, files: Files, app: Partial<App> = {}) =>
  route({ serve: ServeBy.Files, directory, files }, app);
/** What is said about the first route's property, without its path. */
const said = (property: string, app: App): string[] =>
  problemsOf(app).map((text) => text.replace(`apps[0].routes[0].${property}: `, ""));

describe("files of a route", () => {
  for (const [directory, files, app] of [
    ["public", {}, {}],
    [undefined, { index: ["index.html", "index.htm"], precompressed: true }, {}],
    ["media", { from: FilesFrom.Data }, { data: ["media", "private"] }],
    ["a/b", { from: FilesFrom.Data }, { data: ["a/b", "a/c"] }],
    ["/Library/WebServer/Documents", { from: FilesFrom.Host }, {}],
    ["/srv/www", { from: FilesFrom.Host }, {}],
    ["/var/www/html", { from: FilesFrom.Host }, {}],
    ["/usr/share/javascript", { from: FilesFrom.Host }, {}],
    ["/variable", { from: FilesFrom.Host }, {}],
  ] as [string | undefined, Files, Partial<App>][]) {
    it(`may be ${directory} (${files.from ?? "release"})`, () =>
      assert.deepEqual(problemsOf(served(directory, files, app)), []));
  }

  it("may be looked up before a package's app answers, when they are not in the package", () => {
    const app = { source: { package: { name: "gramex", version: "1.0" } } };
    const first = { serve: ServeBy.FilesFirst, directory: "/srv/www", files: { from: FilesFrom.Host } };
    assert.deepEqual(problemsOf(route(first, app)), []);
    assert.deepEqual(pathsOf(route({ serve: ServeBy.FilesFirst }, app)), ["apps[0].routes[0].serve"]);
  });

  const system = 'belongs to the system and is not for everybody; use a folder such as "/srv/www"';
  const absolute = 'give an absolute path such as "/srv/www", without "..", "." or a last slash';
  for (const [directory, reason] of [
    [undefined, 'is missing; name the folder by its absolute path, e.g. "/srv/www"'],
    ["/", `has empty, "." or ".." segments; ${absolute}`],
    ["srv/www", `is not an absolute path; ${absolute}`],
    ["/srv/www/", `has empty, "." or ".." segments; ${absolute}`],
    ["/srv/../etc", `has empty, "." or ".." segments; ${absolute}`],
    ["/srv/.git", "is in a hidden folder, of which nothing is served; use another folder"],
    ["/etc", system],
    ["/etc/ssl", system],
    ["/home/admin/www", system],
    ["/var/lib/landfall/data/blog", system],
    ["/opt/landfall/apps", system],
    ["/usr", system],
    ["/usr/shared", system],
  ] as [string | undefined, string][]) {
    it(`may not be ${directory} of the host`, () => {
      const shown = directory === undefined ? "" : `${JSON.stringify(directory)} `;
      assert.deepEqual(said("directory", served(directory, { from: FilesFrom.Host })), [`${shown}${reason}`]);
    });
  }

  for (const [directory, app, reason] of [
    [undefined, { data: ["media"] }, "is missing; name one of the app's data folders, never all that it keeps"],
    ["media", {}, '"media" is no data folder of the app; name it in data as well: ["media"]'],
    [
      "media",
      { sharedData: ["media"] },
      '"media" is shared by all machines of a fleet, where the web server cannot read it; let the app answer, or name a folder of data',
    ],
    [
      "media",
      { data: ["media", "media/private"] },
      '"media" holds "media/private", which is the app\'s alone; name folders that stand side by side',
    ],
  ] as [string | undefined, Partial<App>, string][]) {
    it(`may not be ${directory} of ${JSON.stringify(app)}`, () =>
      assert.deepEqual(said("directory", served(directory, { from: FilesFrom.Data }, app)), [reason]));
  }

  it("are not the data of an app that does not run", () => {
    const app = served("media", { from: FilesFrom.Data }, { data: ["media"], process: undefined });
    assert.deepEqual(pathsOf(app), ["apps[0].routes[0].directory"]);
  });

  it("are none of a route that is the app's alone", () =>
    assert.deepEqual(pathsOf(route({ directory: "public", files: { index: ["a.html"] } })), [
      "apps[0].routes[0].directory",
      "apps[0].routes[0].files",
    ]));

  it("have a path with a slash at both ends, so that none is beside the folder", () => {
    const aliased = route({ serve: ServeBy.Files, path: "/media", stripPrefix: true });
    assert.deepEqual(said("path", aliased), ['"/media" does not end with a slash; write it as "/media/"']);
  });

  it("need an app that runs to be looked up first", () =>
    assert.deepEqual(pathsOf(route({ serve: ServeBy.FilesFirst }, { process: undefined })), ["apps[0].routes[0]"]));

  it("have indexes that are names of files, each once", () => {
    assert.deepEqual(pathsOf(served("x", { index: ["../a", "a/b", ".env", "$x", "", "a.html", "a.html"] })), [
      ...[0, 1, 2, 3, 4].map((i) => `apps[0].routes[0].files.index[${i}]`),
      "apps[0].routes[0].files.index[6]",
    ]);
    assert.deepEqual(pathsOf(served("x", { index: [] })), ["apps[0].routes[0].files.index"]);
  });

  it("are not kept a second time", () =>
    assert.deepEqual(said("cache", route({ serve: ServeBy.Files, cache: {} })), [
      "has no effect on files, which are on disk already; leave it out",
    ]));
});

describe("how long answers may be used", () => {
  const fresh = (freshness: Freshness) => pathsOf(route({ freshness })).map((path) => path.split("freshness.")[1]);

  it("is counted in seconds, up to a year", () =>
    assert.deepEqual(fresh({ seconds: -1, pageSeconds: 0.5, sharedSeconds: 31_536_001, staleSeconds: NaN }), [
      "staleSeconds",
      "seconds",
      "pageSeconds",
      "sharedSeconds",
    ]));

  it("is not said to caches that all share, and forbidden them", () =>
    assert.deepEqual(fresh({ seconds: 1, sharedSeconds: 1, private: true }), ["sharedSeconds"]));

  it("is not longer than no time at all", () =>
    assert.deepEqual(fresh({ seconds: 0, immutable: true, staleSeconds: 5 }), ["immutable", "staleSeconds"]));
});
