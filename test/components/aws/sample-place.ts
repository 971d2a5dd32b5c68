import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { App } from "../../../components/app/app";
import { SitePlace } from "../../../components/aws/plan-site";

/** A place for a site, with a folder for its packed code until the tests are done. */
export function samplePlace(): SitePlace & { remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "landfall-place-"));
  return {
    organization: "acme",
    project: "demo",
    stack: "test",
    root: resolve(__dirname, "../../.."),
    archiveFolder: join(folder, "code"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An app whose code comes from git, so that it needs no folder. */
export function gitApp(more: Partial<App> = {}): App {
  return {
    name: "docs",
    source: { git: { url: "https://git.example.com/docs.git", ref: "v1" } },
    process: { command: ["/usr/bin/python3", "docs.py"] },
    routes: [{ domain: "docs.example.com" }],
    ...more,
  };
}
