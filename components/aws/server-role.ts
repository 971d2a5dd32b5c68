import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { hostReads, instanceTrust, takesCommands } from "./policy-documents";
import type { ServerStore } from "./server";

/** What a server may do. */
export interface ServerRole {
  profile: iam.InstanceProfile;
  /** What the profile stands for is in force once these are there. */
  policies: iam.RolePolicy[];
}

/** The role of a server: it takes commands by SSM, and reads its own store and parameters. Nothing else. */
export function serverRole(
  name: string,
  args: { store?: ServerStore; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): ServerRole {
  const { store, tags } = args;
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy: JSON.stringify(instanceTrust), tags }, opts);
  const policies = [
    new iam.RolePolicy(`${name}-commands`, { role: role.name, policy: JSON.stringify(takesCommands) }, opts),
  ];
  if (store) {
    const reads = getPartitionOutput({}, opts).partition.apply((partition) =>
      JSON.stringify(hostReads(partition, store)),
    );
    policies.push(new iam.RolePolicy(`${name}-reads`, { role: role.name, policy: reads }, opts));
  }
  return { profile: new iam.InstanceProfile(`${name}-role`, { role: role.name, tags }, opts), policies };
}
