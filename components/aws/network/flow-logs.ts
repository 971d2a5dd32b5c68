import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { flowLogTrust, writesFlowLogs } from "../policy-documents";
import { LoggedTraffic } from "./network-args";
import type { PlannedFlowLogs } from "./plan-network";

/** As EC2 calls what is logged. */
const trafficTypes: Readonly<Record<Exclude<LoggedTraffic, "none">, string>> = {
  [LoggedTraffic.Rejected]: "REJECT",
  [LoggedTraffic.All]: "ALL",
};

/** Has what goes through a network written into a log group of its own, by a role that can do nothing else. */
export function logFlows(
  name: string,
  { logs, vpc, tags }: { logs: PlannedFlowLogs; vpc: ec2.Vpc; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const whole = `${name}-flow-logs`;
  const place = pulumi
    .all([getPartitionOutput({}, opts).partition, vpc.region, getCallerIdentityOutput({}, opts).accountId])
    .apply(([partition, region, account]) => ({ partition, region, account }));
  const group = new cloudwatch.LogGroup(whole, { retentionInDays: logs.retentionDays, tags }, opts);
  const assumeRolePolicy = place.apply((where) => JSON.stringify(flowLogTrust(where)));
  const role = new iam.Role(whole, { assumeRolePolicy, tags }, opts);
  const policy = pulumi.all([place, group.name]).apply(([where, into]) => JSON.stringify(writesFlowLogs(where, into)));
  const written = new iam.RolePolicy(whole, { role: role.name, policy }, opts);
  new ec2.FlowLog(
    whole,
    {
      vpcId: vpc.id,
      trafficType: trafficTypes[logs.traffic],
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: { ...tags, Name: whole },
    },
    { ...opts, dependsOn: [written] },
  );
}
