import { isCopiedBy, lifecycleType } from "../backup/lifecycle";
import { isSelectedBy, selectionType } from "../backup/selection";
import { any, Tagged } from "../backup/tags";
import { Level, Severity } from "../finding";
import { Graph, ofType, Resource } from "../graph/graph";
import { references } from "../graph/references";
import { UNKNOWN, Unknown } from "../graph/value";
import { Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const volumeType = "aws:ebs/volume:Volume";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";
const instanceType = "aws:ec2/instance:Instance";

/** A disk outlives its machine, but not a mistake. */
export const bakVolumeCovered: Rule<Resource> = {
  id: "bak-volume-covered",
  item: "backups",
  title: "Volumes with data are copied regularly",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "Each volume that is a resource of its own has to be copied: by a lifecycle policy (dlm.LifecyclePolicy) that looks for " +
    "one of its tags, or of those of its machine, or by a selection of AWS Backup that names it, its tags, or all volumes. " +
    "Root disks are made anew with their machines and hold no data. Servers of Landfall are copied by snapshots: {}.",
  targets: ({ graph }) => ofType(graph, volumeType),
  check(volume, { graph }) {
    const tagged: Tagged = { resource: volume, property: "tags", tags: volume.properties["tags"] };
    const covered = any([
      ...ofType(graph, lifecycleType).map((policy) => isCopiedBy(policy, tagged, machinesOf(graph, volume))),
      ...ofType(graph, selectionType).map((selection): boolean | Unknown => isSelectedBy(graph, selection, tagged)),
    ]);
    if (covered === UNKNOWN) return [unknown(`whether ${volume.name} is copied is not known`, checkLater)];
    if (covered) return [pass(`${volume.name} is copied regularly`)];
    return [
      fail(
        `nothing copies ${volume.name}`,
        "have it copied by its tags: a lifecycle policy, or a selection of AWS Backup",
      ),
    ];
  },
};

/** The machines that a volume is attached to. */
function machinesOf(graph: Graph, volume: Resource): Tagged[] {
  return ofType(graph, attachmentType)
    .filter((attachment) => references(graph, attachment, "volumeId", [volumeType]).resources.includes(volume))
    .flatMap((attachment) => references(graph, attachment, "instanceId", [instanceType]).resources)
    .map((resource) => ({ resource, property: "tags", tags: resource.properties["tags"] }));
}
