import * as fs from "node:fs";
import * as path from "node:path";

import { digestOf } from "./cache";

/** A refusal is believed for a day: networks change, but not between two commands. */
const refusalMilliseconds = 24 * 60 * 60 * 1000;

/** What came of a try: a value, or the reason why there is none. */
export type Result = { readonly value: string } | { readonly reason: string };

/**
 * Remembers in the cache what came of tries that take time. A try is named by what its outcome depends on; a value is
 * believed as long as that is the same, a refusal for a day.
 */
export class Memory {
  constructor(private readonly folder: string) {}

  /** The remembered outcome, if it still counts. */
  recall(...name: string[]): Result | undefined {
    try {
      const file = this.file(name);
      const result = JSON.parse(fs.readFileSync(file, "utf8")) as Result;
      const expired = "reason" in result && Date.now() - fs.statSync(file).mtimeMs > refusalMilliseconds;
      return expired ? undefined : result;
    } catch {
      return undefined;
    }
  }

  /** Keeps an outcome. */
  keep(result: Result, ...name: string[]): Result {
    fs.mkdirSync(this.folder, { recursive: true });
    const file = this.file(name);
    const beside = `${file}.${process.pid}`;
    fs.writeFileSync(beside, JSON.stringify(result));
    fs.renameSync(beside, file);
    return result;
  }

  private file(name: readonly string[]): string {
    return path.join(this.folder, `${digestOf(...name)}.json`);
  }
}

/** What a file's identity is, for {@link Memory}: a changed file is another one. */
export function identity(file: string): string {
  const { dev, ino, size, mtimeMs } = fs.statSync(file);
  return [fs.realpathSync(file), dev, ino, size, mtimeMs].join(" ");
}
