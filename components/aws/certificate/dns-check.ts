import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { FoundZone } from "../find-zones";
import { ownCommand } from "../program";

/** What is looked up before ACM is waited for. */
export interface DnsCheckArgs {
  /** As the certificate has them, wildcards too. */
  domains: string[];
  /** The zones that they lie in; none where somebody else looks after the domains. */
  zones: pulumi.Input<FoundZone[]>;
  /** Records that somebody else has to create: they are shown. */
  zoneFile: pulumi.Input<string>;
}

/**
 * Asks public DNS about delegation and CAA records, when a certificate is new: faults that would show after an hour of
 * waiting, as ACM says nothing of them, are found in seconds.
 */
export function dnsCheck(
  name: string,
  { domains, zones, zoneFile }: DnsCheckArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const spec = pulumi.output(zones).apply((all) => ({ domains, zones: withoutRepeats(all), zoneFile }));
  return new command.local.Command(
    name,
    {
      interpreter: ownCommand("aws/certificate/dns-check-cli"),
      create: "check",
      environment: { LANDFALL_SPEC: pulumi.jsonStringify(spec) },
      logging: command.local.Logging.StdoutAndStderr,
    },
    opts,
  );
}

/** Each zone once, in an order that does not depend on AWS's: another spec would be another question. */
function withoutRepeats(zones: readonly FoundZone[]): { name: string; nameServers: string[] }[] {
  const byName = new Map(zones.map(({ name, nameServers }) => [name, { name, nameServers: [...nameServers].sort() }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
