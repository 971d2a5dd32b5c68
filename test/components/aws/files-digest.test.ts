import assert from "node:assert/strict";
import { App } from "../../../components/app/app";
import { Route, ServeBy } from "../../../components/app/route/route";
import { filesDigest } from "../../../components/aws/files-digest";
import { PlannedRelease } from "../../../components/host/plan";

const domain = "www.example.com";
const files: Route = { domain, path: "/docs/", serve: ServeBy.Files };
const release = (app: string, digest: string): PlannedRelease => ({
  app,
  digest,
  source: { archive: digest, git: null },
  python: null,
});
const app = (name: string, ...routes: Route[]): App => ({ name, source: { directory: name }, routes });
const apps = [app("docs", files), app("shop", { domain })];
const releases = [release("docs", "one"), release("shop", "one")];

describe("filesDigest", () => {
  it("changes with the code of an app that is served from files", () =>
    assert.notEqual(filesDigest(apps, releases), filesDigest(apps, [release("docs", "two"), releases[1]!])));

  it("changes with the code of an app whose files are looked for before it is asked", () => {
    const first = [app("shop", { domain, serve: ServeBy.FilesFirst })];
    assert.notEqual(filesDigest(first, [releases[1]!]), filesDigest(first, [release("shop", "two")]));
  });

  it("stays as it is when other apps change", () => {
    const other = [app("docs", files), app("shop", { domain, websocket: true })];
    assert.equal(filesDigest(apps, releases), filesDigest(other, [releases[0]!, release("shop", "two")]));
  });

  it("changes with how files are served", () => {
    const moved = [app("docs", { ...files, path: "/help/" }), apps[1]!];
    assert.notEqual(filesDigest(apps, releases), filesDigest(moved, releases));
  });

  it("does not depend on the order of apps", () =>
    assert.equal(
      filesDigest([app("docs", files), app("media", files)], releases),
      filesDigest([app("media", files), app("docs", files)], [...releases].reverse()),
    ));
});
