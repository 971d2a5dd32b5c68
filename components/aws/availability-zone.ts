import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";

/** Regions' own zones, e.g. `us-west-2a`. Local and wavelength zones (`us-west-2-lax-1a`) have no default subnet. */
const ownZone = /^[a-z]+(?:-[a-z]+)+-\d[a-z]$/;

/** The first zone of the region that has an instance type; not all have all, e.g. `us-east-1e`. */
export function zoneWith(instanceType: string, subject: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const offerings = ec2.getInstanceTypeOfferingsOutput(
    { locationType: "availability-zone", filters: [{ name: "instance-type", values: [instanceType] }] },
    opts,
  );
  return offerings.locations.apply((locations) => {
    const [first] = locations.filter((zone) => ownZone.test(zone)).sort();
    if (first !== undefined) return first;
    const reason = "is to be had in no zone of this region";
    const fix = "choose another type or region";
    throw inputProblems(subject, [{ path: "instanceType", value: instanceType, reason, fix }]);
  });
}
