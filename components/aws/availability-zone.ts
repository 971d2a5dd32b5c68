import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../input-problems";
import { nextZone } from "./network/choose-zones";

/**
 * The first zone of the region that has an instance type; not all have all, e.g. `us-east-1e`. Local and wavelength zones are
 * none: they have no default subnet.
 */
export function zoneWith(instanceType: string, subject: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const offerings = ec2.getInstanceTypeOfferingsOutput(
    { locationType: "availability-zone", filters: [{ name: "instance-type", values: [instanceType] }] },
    opts,
  );
  return offerings.locations.apply((locations) => {
    const first = nextZone(locations, []);
    if (first !== undefined) return first;
    const reason = "is to be had in no zone of this region";
    const fix = "choose another type or region";
    throw inputProblems(subject, [{ path: "instanceType", value: instanceType, reason, fix }]);
  });
}
