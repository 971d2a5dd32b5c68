import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { TrafficArgs } from "../traffic-args";

/** CloudFront, "Locations and IP address ranges of CloudFront edge servers". */
const originFacing = "com.amazonaws.global.cloudfront.origin-facing";

/** How many rules AWS counts the list as (Amazon VPC User Guide, "AWS-managed prefix lists": weight). */
const weight = 55;

/** Id of AWS's list of the addresses that CloudFront connects from by IPv4, in the region of the provider. */
export function originFacingList(opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return ec2.getManagedPrefixListOutput({ name: originFacing }, opts).id;
}

/** Traffic from CloudFront, and from nobody else. A group has room for one port of it. */
export function fromCloudFront(port: string, listId: pulumi.Input<string>): TrafficArgs & { port: string } {
  return { port, prefixList: { name: "cloudfront", id: listId, weight } };
}
