/**
 * A Pulumi language host for Node.js programs, for networks where the official one cannot be fetched. The engine starts
 * it as `pulumi-language-nodejs [flags] <engine address>` and reads the port from the first line of its output.
 */
import * as fs from "node:fs";

import { serve } from "./server";

// At once: the engine waits five seconds for a plugin that it interrupted, at the end of every command.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => process.exit(0));
}

// The engine holds the other end of the standard input; when it is gone, so are we. A terminal or file says nothing.
const input = fs.fstatSync(0);
if (input.isFIFO() || input.isSocket()) {
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}

serve(process.argv.at(-1) ?? "").then(
  ({ port }) => process.stdout.write(`${port}\n`),
  (error: unknown) => {
    process.stderr.write(`the language host cannot listen: ${String(error)}\n`);
    process.exit(1);
  },
);
