import { applyPlan, UpdateSpec } from "./apply-plan";
import { systemsManager } from "./systems-manager";

// What `hostUpdate` runs: its spec as JSON in LANDFALL_SPEC, credentials of AWS from the environment or the shared files,
// progress on standard error, the result as JSON on standard output.

const report = (line: string): boolean => process.stderr.write(`${line}\n`);

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as UpdateSpec & { region: string };
  if (process.env.LANDFALL_SIMULATE === "1") {
    report(`simulation: instance ${spec.instance} is not there, so no host was asked to apply plan ${spec.plan}`);
    process.stdout.write(`${JSON.stringify({ simulated: true })}\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(await applyPlan(spec, systemsManager(spec.region), report))}\n`);
}
