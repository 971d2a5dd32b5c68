import * as efs from "@pulumi/aws/efs";
import * as pulumi from "@pulumi/pulumi";
import { nfsPort } from "../../host/shared-files/tunnel";
import { inputProblems } from "../../input-problems";
import { openToHosts } from "../open-to-hosts";
import { filesProblems } from "./check-files";
import { SharedFilesArgs } from "./files-args";

/**
 * Files that many machines share: a file system of EFS, encrypted, with copies of each day, that only they reach, in each zone by
 * an address of its own.
 *
 * @example
 * const files = new SharedFiles("uploads", {
 *   vpcId: "vpc-0123456789abcdef0",
 *   subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
 *   hosts: [{ name: "web", id: group.groupId }],
 * });
 */
export class SharedFiles extends pulumi.ComponentResource {
  /** Its name in DNS, for machines in the network. Resolved once it can be mounted. */
  readonly endpoint: pulumi.Output<string>;
  /** Id of the file system. */
  readonly fileSystemId: pulumi.Output<string>;
  /** Id of its security group. */
  readonly groupId: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every problem of the description */
  constructor(name: string, args: SharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landfall:index:SharedFiles", name, args, opts);
    const problems = filesProblems(name, args);
    if (problems.length) throw inputProblems(`landfall:index:SharedFiles '${name}'`, problems);

    const { group, rules } = openToHosts(this, name, args, nfsPort, `files ${name}`);
    const system = this.fileSystem(name, args);
    const targets = args.subnetIds.map(
      (subnetId, index) =>
        new efs.MountTarget(
          `${name}-${index + 1}`,
          { fileSystemId: system.id, subnetId, securityGroups: [group.groupId] },
          // A zone takes one at a time.
          { parent: this, deleteBeforeReplace: true },
        ).id,
    );

    this.endpoint = pulumi.all([system.dnsName, rules, targets]).apply(([dnsName]) => dnsName);
    this.fileSystemId = system.id;
    this.groupId = group.groupId;
    this.registerOutputs({ endpoint: this.endpoint, fileSystemId: this.fileSystemId, groupId: this.groupId });
  }

  private fileSystem(name: string, args: SharedFilesArgs): efs.FileSystem {
    const { seldomReadDays: days, backups = true, protection, tags } = args;
    const own = { parent: this };
    const system = new efs.FileSystem(
      name,
      {
        encrypted: true,
        performanceMode: "generalPurpose",
        throughputMode: "elastic",
        // One thing in each, as EFS takes them.
        lifecyclePolicies:
          days === undefined
            ? undefined
            : [
                { transitionToIa: `AFTER_${days}_DAY${days === 1 ? "" : "S"}` },
                { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
              ],
        tags: { Name: name, ...tags },
      },
      { ...own, protect: protection },
    );
    new efs.BackupPolicy(
      name,
      { fileSystemId: system.id, backupPolicy: { status: backups ? "ENABLED" : "DISABLED" } },
      own,
    );
    return system;
  }
}
