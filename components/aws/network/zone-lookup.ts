import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../../input-problems";
import { missingZoneProblems, nextZone, tooFewZonesProblem } from "./choose-zones";
import type { NetworkPlan, PlannedZone } from "./plan-network";

/** Tells the zone of AWS that a planned one becomes, given those that the network has already. */
export type ZoneFor = (zone: PlannedZone, taken: pulumi.Output<string>[]) => pulumi.Output<string>;

/** Looks up the zones of the region. Their state is not asked for: a zone that fails must not stop a deployment elsewhere. */
export function zoneLookup(plan: NetworkPlan, subject: string, opts: pulumi.InvokeOptions): ZoneFor {
  const available = getAvailabilityZonesOutput(
    { filters: [{ name: "zone-type", values: ["availability-zone"] }] },
    opts,
  ).names.apply((names) => {
    const wanted = plan.zones.flatMap(({ name }) => name ?? []);
    const problems = missingZoneProblems(wanted, names);
    if (problems.length) throw inputProblems(subject, problems);
    return names;
  });
  return ({ name }, taken) =>
    pulumi.all([available, pulumi.all(taken)]).apply(([names, others]) => {
      const zone = name ?? nextZone(names, others);
      if (zone === undefined) throw inputProblems(subject, [tooFewZonesProblem(plan.zones.length, names)]);
      return zone;
    });
}
