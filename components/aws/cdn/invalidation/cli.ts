import { invalidate, InvalidationSpec } from "./invalidate";
import { cloudFrontInvalidations } from "./invalidations";

// What `invalidation` runs: its spec as JSON in LANDFALL_SPEC, credentials of AWS from the environment or the shared files,
// progress on standard error, the result as JSON on standard output.

const report = (line: string): boolean => process.stderr.write(`${line}\n`);

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as InvalidationSpec;
  if (process.env.LANDFALL_SIMULATE === "1") {
    report(`simulation: distribution ${spec.distribution} is not there, so nothing was invalidated`);
    process.stdout.write(`${JSON.stringify({ simulated: true })}\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(await invalidate(spec, cloudFrontInvalidations(), report))}\n`);
}
