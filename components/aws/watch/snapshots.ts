import * as dlm from "@pulumi/aws/dlm";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { SnapshotArgs } from "./watch-args";
import { snapshotTrust } from "./watch-policies";

/** Has the volumes with some tags copied every day, by a role of their own. */
export function dailySnapshots(
  name: string,
  args: SnapshotArgs & { of: Record<string, pulumi.Input<string>>; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const { of, keepDays = 7, hourUtc = 3, tags } = args;
  const role = new iam.Role(name, { assumeRolePolicy: JSON.stringify(snapshotTrust), tags }, opts);
  // AWS's own: what it needs for encrypted volumes it changes by itself (EBS User Guide, "AWS managed policies for Amazon
  // Data Lifecycle Manager").
  const policyArn = getPartitionOutput({}, opts).partition.apply(
    (partition) => `arn:${partition}:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole`,
  );
  const allowed = new iam.RolePolicyAttachment(name, { role: role.name, policyArn }, opts);
  new dlm.LifecyclePolicy(
    name,
    {
      description: `Daily copies for ${name}`.replace(/[^0-9A-Za-z _-]/g, "-"), // what its API takes
      executionRoleArn: role.arn,
      policyDetails: {
        resourceTypes: ["VOLUME"],
        targetTags: of,
        schedules: [
          {
            name: "daily",
            copyTags: true,
            createRule: { interval: 24, intervalUnit: "HOURS", times: `${String(hourUtc).padStart(2, "0")}:00` },
            // By number, not by age: the last copies stay when there are no new ones.
            retainRule: { count: keepDays },
          },
        ],
      },
      tags,
    },
    { ...opts, dependsOn: [allowed] },
  );
}
