import { staleReference, writeReference } from "../package/reference/reference";
import type { Command } from "./command";
import { projectRoot } from "./project";

/** `npm run reference`. */
export const reference: Command = {
  summary: "writes docs/reference/ from the doc comments; npm run reference -- --check only compares",
  options: { check: { describe: "change nothing, and fail when a page is not up to date" } },
  run({ switches }) {
    if (!switches.has("check")) {
      writeReference(projectRoot);
      return Promise.resolve(0);
    }
    const stale = staleReference(projectRoot);
    for (const file of stale) {
      process.stdout.write(`${file}  is not what the doc comments say; run: npm run reference\n`);
    }
    return Promise.resolve(stale.length === 0 ? 0 : 1);
  },
};
