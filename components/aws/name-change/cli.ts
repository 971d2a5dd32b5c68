import { setTimeout as sleep } from "node:timers/promises";
import { secondsToWait } from "./wait";

// What `nameChange` runs: its spec as JSON in LANDFALL_SPEC, what happened as its argument, what the last change said in
// PULUMI_COMMAND_STDOUT, progress on standard error, what this one says on standard output.

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as { target: string; keptSeconds: number };
  const seconds = secondsToWait(process.argv[2] ?? "", process.env.PULUMI_COMMAND_STDOUT ?? "");
  if (seconds > 0) {
    const until = `until no resolver remembers where names led before, ${seconds} s`;
    if (process.env.LANDFALL_SIMULATE === "1") {
      process.stderr.write(`simulation: names lead nowhere, so there was no wait ${until}\n`);
    } else {
      process.stderr.write(`names lead to ${spec.target}; waiting ${until}\n`);
      await sleep(seconds * 1000);
    }
  }
  process.stdout.write(`${JSON.stringify({ keptSeconds: spec.keptSeconds })}\n`);
}
