import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "./command";
import { projectRoot } from "./project";
import { openSession } from "./session";
import { runOnTerminal } from "./terminal/attached";

/** `npm run bench`. */
export const bench: Command = {
  summary: "measures Landfall against its goals",
  options: { json: { describe: "one JSON array on standard output" } },
  async run({ switches }) {
    const entry = join(projectRoot, "bench", "index.ts");
    if (!existsSync(entry)) throw new Error("there are no benchmarks in this checkout: bench/index.ts is missing");
    const { variables } = await openSession();
    const words = switches.has("json") ? ["--json"] : [];
    return runOnTerminal(
      [process.execPath, "--require", require.resolve("ts-node/register/transpile-only"), entry, ...words],
      {
        cwd: projectRoot,
        env: { ...process.env, ...variables },
      },
    );
  },
};
