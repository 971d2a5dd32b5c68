import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives each test of a describe block a cache of its own, where sites keep their packed code. */
export function useOwnCache(): void {
  const before = process.env.LANDFALL_CACHE_HOME;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-site-"));
    process.env.LANDFALL_CACHE_HOME = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.LANDFALL_CACHE_HOME;
    else process.env.LANDFALL_CACHE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });
}
