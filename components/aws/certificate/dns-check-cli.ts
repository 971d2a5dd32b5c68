import { promises as dns } from "node:dns";
import { nameFaults, NamesSpec, reachFault } from "./dns-faults";

// What `dnsCheck` runs: its spec as JSON in LANDFALL_SPEC, findings on standard error, what was done as JSON on standard output.

/** For networks whose own resolver does not tell what the public sees, e.g. `9.9.9.9`. */
const otherServers = "LANDFALL_DNS_SERVERS";

const report = (line: string): boolean => process.stderr.write(`${line}\n`);

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const spec = JSON.parse(process.env.LANDFALL_SPEC ?? "{}") as NamesSpec & { zoneFile: string };
  if (spec.zoneFile)
    report(`ACM waits for these records; ask whoever looks after the domains to create them:\n${spec.zoneFile}`);
  const asked = process.env.LANDFALL_SIMULATE === "1" ? simulated() : await check(spec);
  process.stdout.write(`${JSON.stringify({ asked })}\n`);
}

function simulated(): boolean {
  report("simulation: no certificate is waited for, so public DNS was asked nothing");
  return false;
}

async function check(spec: NamesSpec): Promise<boolean> {
  const resolver = new dns.Resolver({ timeout: 2000, tries: 2 });
  const servers = process.env[otherServers]?.split(",");
  if (servers) resolver.setServers(servers);
  const unreachable = await reachFault(resolver);
  if (unreachable) {
    report(`public DNS cannot be asked from here (${unreachable}), so delegation and CAA records are not checked`);
    return false;
  }
  const { faults, notes } = await nameFaults(spec, resolver);
  notes.forEach(report);
  if (faults.length) throw new Error(["ACM could not issue the certificate:", ...faults].join("\n  "));
  return true;
}
