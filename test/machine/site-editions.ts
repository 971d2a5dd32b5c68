import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "../../components/app/app";

/** Changed copies of apps' code, each in a folder of its own. */
export class Editions {
  private readonly folder = mkdtempSync(join(tmpdir(), "landfall-editions-"));
  private count = 0;

  /** The app with a text in one file replaced. */
  edit(app: App, file: string, from: string, to: string): App {
    const directory = join(this.folder, String(++this.count));
    cpSync(app.source.directory!, directory, { recursive: true });
    const text = readFileSync(join(directory, file), "utf8");
    assert.ok(text.includes(from), `${file} has no ${from}`);
    writeFileSync(join(directory, file), text.replaceAll(from, to));
    return { ...app, source: { ...app.source, directory } };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
