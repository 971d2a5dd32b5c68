import { applyPlan, UpdateSpec } from "./apply-plan";
import { applyToGroup, GroupUpdateSpec } from "./apply-to-group";
import { systemsManager } from "./systems-manager";

// What `hostUpdate` runs: its spec as JSON in LANDFALL_SPEC, credentials of AWS from the environment or the shared files,
// progress on standard error, the result as JSON on standard output.

const report = (line: string): boolean => process.stderr.write(`${line}\n`);

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as (UpdateSpec | GroupUpdateSpec) & { region: string };
  const ofGroup = "group" in spec;
  if (process.env.LANDFALL_SIMULATE === "1") {
    const asked = ofGroup ? `group ${spec.group}` : `instance ${spec.instance}`;
    report(`simulation: ${asked} is not there, so no host was asked to apply plan ${spec.plan ?? "of its store"}`);
    process.stdout.write(`${JSON.stringify({ simulated: true })}\n`);
    return;
  }
  const aws = systemsManager(spec.region);
  const done = ofGroup ? await applyToGroup(spec, aws, report) : await applyPlan(spec, aws, report);
  process.stdout.write(`${JSON.stringify(done)}\n`);
}
