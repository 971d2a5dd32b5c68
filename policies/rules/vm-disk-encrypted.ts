import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Graph, isGiven, ofType, Resource } from "../graph/graph";
import { entry, list, shownText, truth, uncovered } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { launchTemplateType, virtualMachineTypes } from "../hosts/machine-types";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const volumeType = "aws:ebs/volume:Volume";
const defaultType = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/** A snapshot of a disk that is not encrypted can be read by whoever it is shared with. */
export const vmDiskEncrypted: Rule<Resource> = {
  id: "vm-disk-encrypted",
  item: "machine-base",
  title: "All disks of machines are encrypted",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "The root disk, further disks and volumes of their own need encrypted: true, in the machine or in its launch template. " +
    "Encryption by default, switched on in the same stack, does as well; a disk from a snapshot is encrypted when the " +
    "snapshot is. This is never put right by the pack: it would replace a running machine.",
  targets: ({ graph }) => ofType(graph, ...virtualMachineTypes, volumeType),
  check(resource, context) {
    if (encryptsByDefault(context)) return [pass(`disks are encrypted by default`)];
    return disksOf(context.graph, resource).map(({ name, block }) => checkDisk(resource, name, block));
  },
};

interface Disk {
  readonly name: string;
  /** UNKNOWN when nothing is known of it, undefined when the machine says nothing about it. */
  readonly block: Value | undefined;
}

function encryptsByDefault({ graph }: Context): boolean {
  return ofType(graph, defaultType).some(({ properties }) => (truth(properties["enabled"]) ?? true) === true);
}

function disksOf(graph: Graph, resource: Resource): Disk[] {
  if (resource.type === volumeType) return [{ name: "volume", block: resource.properties }];
  if (resource.type === launchTemplateType) return templateDisks(resource);
  const id = entry(resource.properties["launchTemplate"], "id");
  const template = referencesOf(graph, resource, "launchTemplate", id, [launchTemplateType]).resources;
  const root = given(resource, "rootBlockDevice");
  const further = given(resource, "ebsBlockDevices");
  const rootDisk: Disk = { name: "root disk", block: root };
  const fromTemplate = template.length > 0 && root === undefined;
  return [...(fromTemplate ? [] : [rootDisk]), ...listed(further, "disk")];
}

/** Names that images give the root disk (EC2 user guide, "Device names for volumes"). */
const rootNames = /^\/dev\/(sda1|xvda)$/;

/** Disks of a template; the root disk is left to the image, without encryption, when none of them is it. */
function templateDisks(template: Resource): Disk[] {
  const disks = listed(given(template, "blockDeviceMappings"), "disk");
  const named = disks.some(({ name, block }) => block === UNKNOWN || rootNames.test(name.replace(/^disk /, "")));
  const kept = disks.filter(({ block }) => block === UNKNOWN || uncovered(entry(block, "ebs")) !== undefined);
  return [
    ...(named ? [] : [{ name: "root disk", block: undefined }]),
    ...kept.map(({ name, block }): Disk => ({ name, block: entry(block, "ebs") })),
  ];
}

/** A property, unless the provider alone computes it. */
function given(resource: Resource, property: string): Value | undefined {
  const value = uncovered(resource.properties[property]);
  return value === UNKNOWN && !isGiven(resource, property) ? undefined : value;
}

function listed(value: Value | undefined, name: string): Disk[] {
  const blocks = list(value);
  if (blocks === UNKNOWN) return [{ name: `${name}s`, block: UNKNOWN }];
  return blocks.map((block, index): Disk => {
    return { name: `${name} ${shownText(entry(block, "deviceName")) ?? index + 1}`, block };
  });
}

function checkDisk({ name }: Resource, disk: string, block: Value | undefined): Draft {
  const encrypted = truth(entry(block, "encrypted"));
  const what = `${disk} of ${name}`;
  const details = { about: disk };
  if (encrypted === true) return pass(`${what} is encrypted`, details);
  if (encrypted === UNKNOWN) return unknown(`whether ${what} is encrypted is not known`, checkLater, details);
  if (encrypted === undefined && entry(block, "snapshotId") !== undefined)
    return unknown(`${what} is encrypted only if its snapshot is`, "set encrypted: true", details);
  return fail(
    `${what} is not encrypted`,
    "set encrypted: true; for a machine that is running, move its data first: this replaces the disk",
    details,
  );
}
