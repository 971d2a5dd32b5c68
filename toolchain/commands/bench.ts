import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "./command";
import { ensureHost } from "./local-program";
import { projectRoot } from "./project";
import { openSession } from "./session";
import { runOnTerminal } from "./terminal/attached";

/** `npm run bench`. */
export const bench: Command = {
  summary: "measures Landfall against its goals, or what is named only: npm run bench -- planning",
  options: { json: { describe: "one JSON array on standard output" } },
  positional: "BENCHMARK",
  async run({ switches, positionals }) {
    const entry = join(projectRoot, "bench", "index.ts");
    if (!existsSync(entry)) throw new Error("there are no benchmarks in this checkout: bench/index.ts is missing");
    const { variables } = await openSession();
    const words = [...(switches.has("json") ? ["--json"] : []), ...positionals];
    await ensureHost();
    const sources = join(projectRoot, "components", "from-sources.cjs");
    return runOnTerminal([process.execPath, "--require", sources, entry, ...words], {
      cwd: projectRoot,
      env: { ...process.env, ...variables },
    });
  },
};
