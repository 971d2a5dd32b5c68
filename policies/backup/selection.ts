import { Graph, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { any, every, hasTag, Tagged } from "./tags";

export const selectionType = "aws:backup/selection:Selection";

/**
 * Whether a selection of AWS Backup takes a volume: it is one of the resources, has any of the tags and meets all of the
 * conditions, as far as these are given, and is not among those left out (AWS Backup Developer Guide, "Assigning resources to
 * a backup plan"; API Reference, BackupSelection).
 */
export function isSelectedBy(graph: Graph, selection: Resource, volume: Tagged): boolean | Unknown {
  const { resources, notResources, selectionTags, conditions } = selection.properties;
  const named = isNamed(graph, selection, "resources", resources, volume.resource);
  const left = isNamed(graph, selection, "notResources", notResources, volume.resource);
  const tags = list(selectionTags);
  const tagged =
    tags === UNKNOWN
      ? UNKNOWN
      : any(
          tags.map((tag) =>
            hasTag(volume, selection, "selectionTags", { key: keyOf(tag), value: entry(tag, "value") }),
          ),
        );
  if (left === true) return false;
  return every([
    isGivenList(resources) ? named : isGivenList(selectionTags) || isGivenList(conditions),
    left === UNKNOWN ? UNKNOWN : true,
    isGivenList(selectionTags) ? tagged : true,
    meets(selection, conditions, volume),
  ]);
}

const isGivenList = (value: Value | undefined): boolean => {
  const elements = list(value);
  return elements === UNKNOWN || elements.length > 0;
};

/** The tag's key, without the name that conditions put before it. */
function keyOf(block: Value): string {
  const key = text(entry(block, "key"));
  return typeof key === "string" ? key.replace(/^aws:ResourceTag\//, "") : "";
}

/** Whether a list of ARNs and patterns names a volume. ARNs that are not known are told by what they are made from. */
function isNamed(
  graph: Graph,
  selection: Resource,
  property: string,
  value: Value | undefined,
  volume: Resource,
): boolean | Unknown {
  const elements = list(value);
  if ((selection.propertyDependencies[property] ?? []).includes(volume.urn)) return true;
  if (elements === UNKNOWN) return UNKNOWN;
  const arn = text(volume.properties["arn"]);
  return any(
    elements.map((element) => {
      const pattern = text(element);
      if (pattern === UNKNOWN) return isMadeHere(graph, selection, property) ? false : UNKNOWN;
      if (pattern === undefined) return false;
      if (pattern === "*" || /^arn:[^:]*:ec2:\*?:\*?:volume\/\*$/.test(pattern)) return true;
      if (typeof arn === "string") return matchesPattern(pattern, arn);
      return pattern.includes("*") && /:volume\//.test(pattern) ? UNKNOWN : false;
    }),
  );
}

/** Whether all that is not known of a property is made from resources of the deployment, none of which is the volume. */
const isMadeHere = (graph: Graph, selection: Resource, property: string): boolean =>
  (selection.propertyDependencies[property] ?? []).some((urn) => graph.byUrn.has(urn));

function matchesPattern(pattern: string, arn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(arn);
}

/** Equality is told; of other conditions nothing is said. */
function meets(selection: Resource, conditions: Value | undefined, volume: Tagged): boolean | Unknown {
  const blocks = list(conditions);
  if (blocks === UNKNOWN) return UNKNOWN;
  return every(
    blocks.flatMap((block) => {
      const equals = list(entry(block, "stringEquals"));
      const others = ["stringLikes", "stringNotEquals", "stringNotLikes"].map((kind) => list(entry(block, kind)));
      const isOther = others.some((one) => one === UNKNOWN || one.length > 0);
      if (equals === UNKNOWN) return [UNKNOWN as Unknown];
      return [
        ...equals.map((one) =>
          hasTag(volume, selection, "conditions", { key: keyOf(one), value: entry(one, "value") }),
        ),
        ...(isOther ? [UNKNOWN as Unknown] : []),
      ];
    }),
  );
}
