import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import {
  entersService,
  hostReads,
  instanceTrust,
  PolicyDocument,
  reportsToCloudWatch,
  takesCommands,
} from "./policy-documents";
import type { ServerStore } from "./server-store";

/** What a server may do. */
export interface ServerRole {
  profile: iam.InstanceProfile;
  /** What the profile stands for is in force once these are there. */
  policies: iam.RolePolicy[];
}

/** What the machines of a role are there for. */
interface ServerDuty {
  store?: ServerStore;
  /** What the names of groups begin with that they may enter the service of. */
  groupPrefix?: string;
  /** Namespace of the metrics that they report, and what the names of their log groups begin with. */
  reportsAs?: string;
  tags?: Record<string, string>;
}

/** The role of a server: it takes commands by SSM, reads its own store and parameters, and reports of itself. Nothing else. */
export function serverRole(
  name: string,
  { store, groupPrefix, reportsAs, tags }: ServerDuty,
  opts: pulumi.CustomResourceOptions,
): ServerRole {
  const role = new iam.Role(`${name}-role`, { assumeRolePolicy: JSON.stringify(instanceTrust), tags }, opts);
  const policies = [
    new iam.RolePolicy(`${name}-commands`, { role: role.name, policy: JSON.stringify(takesCommands) }, opts),
  ];
  const allow = (what: string, document: (partition: string) => PolicyDocument): void => {
    const policy = getPartitionOutput({}, opts).partition.apply((partition) => JSON.stringify(document(partition)));
    policies.push(new iam.RolePolicy(`${name}-${what}`, { role: role.name, policy }, opts));
  };
  if (store) allow("reads", (partition) => hostReads(partition, store));
  if (groupPrefix !== undefined) allow("enters-service", (partition) => entersService(partition, groupPrefix));
  if (reportsAs !== undefined) allow("reports", (partition) => reportsToCloudWatch(partition, reportsAs));
  return { profile: new iam.InstanceProfile(`${name}-role`, { role: role.name, tags }, opts), policies };
}
