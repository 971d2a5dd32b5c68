import { Graph, ofType, Resource } from "../graph/graph";
import { entry, list } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { groupTypes } from "./security-groups";

const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";
const interfaceType = "aws:ec2/networkInterface:NetworkInterface";
const attachmentType = "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment";

/** The security groups of a machine. */
export interface AttachedGroups {
  readonly groups: readonly Resource[];
  /** Why there may be others, or null when these are all. */
  readonly uncertain: string | null;
}

/** The security groups that a machine has, by itself, its network interfaces or its launch template. */
export function attachedGroups(graph: Graph, machine: Resource): AttachedGroups {
  const template = referencesOf(graph, machine, "launchTemplate", entry(machine.properties["launchTemplate"], "id"), [
    launchTemplateType,
  ]).resources;
  const found = [machine, ...template].flatMap((resource) => [
    ...named(graph, resource, "vpcSecurityGroupIds", resource.properties["vpcSecurityGroupIds"]),
    ...named(graph, resource, "securityGroups", resource.properties["securityGroups"], ["name", "id"]),
    ...blocks(resource.properties["networkInterfaces"]).flatMap((block) => [
      ...named(graph, resource, "networkInterfaces", entry(block, "securityGroups")),
      ...interfaceGroups(graph, resource, "networkInterfaces", block),
    ]),
    ...interfaceGroups(graph, resource, "primaryNetworkInterface", resource.properties["primaryNetworkInterface"]),
  ]);
  const groups = [...new Set(found.flatMap((one) => one.resources))];
  const foreign = [...new Set(found.flatMap((one) => one.foreign))];
  if (foreign.length > 0) return { groups, uncertain: `${foreign.join(", ")} is not part of this deployment` };
  if (found.some((one) => one.uncertain)) return { groups, uncertain: "its security groups are not known yet" };
  if (groups.length === 0)
    return { groups, uncertain: "it has the default group of its network, which is not part of this deployment" };
  return { groups, uncertain: null };
}

type Named = ReturnType<typeof referencesOf>;

function named(graph: Graph, from: Resource, property: string, value: Value | undefined, by = ["id"]): Named[] {
  return [referencesOf(graph, from, property, value, groupTypes, by)];
}

/** The groups of the network interface that a block names, and those that were attached to it. */
function interfaceGroups(graph: Graph, from: Resource, property: string, block: Value | undefined): Named[] {
  const interfaces = referencesOf(graph, from, property, entry(block, "networkInterfaceId"), [interfaceType]).resources;
  return interfaces.flatMap((found) => [
    ...named(graph, found, "securityGroups", found.properties["securityGroups"]),
    ...ofType(graph, attachmentType)
      .filter((attachment) =>
        referencesOf(graph, attachment, "networkInterfaceId", attachment.properties["networkInterfaceId"], [
          interfaceType,
        ]).resources.includes(found),
      )
      .flatMap((attachment) => named(graph, attachment, "securityGroupId", attachment.properties["securityGroupId"])),
  ]);
}

function blocks(value: Value | undefined): readonly Value[] {
  const elements = list(value);
  return elements === UNKNOWN ? [] : elements;
}
