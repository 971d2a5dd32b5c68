import { Graph, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { targetGroupType } from "../hosts/target-groups";
import { lastAction } from "./listeners";

/** Where a listener or rule hands requests on to. */
export interface Forwarded {
  /** The target groups of the deployment. */
  readonly groups: readonly Resource[];
  /** Whether there may be others. */
  readonly uncertain: boolean;
}

/**
 * The target groups that actions hand requests to in the end: null when they redirect or answer by themselves, UNKNOWN when
 * that cannot be told.
 *
 * @param property the one that holds the actions, `actions` or `defaultActions`
 */
export function forwarded(graph: Graph, resource: Resource, property: string): Forwarded | null | Unknown {
  const action = lastAction(resource.properties[property]);
  if (action === UNKNOWN) return UNKNOWN;
  if (text(entry(action, "type")) !== "forward") return null;
  const found = groupArns(action).map((arn) =>
    referencesOf(graph, resource, property, arn, [targetGroupType], ["arn", "id"]),
  );
  return {
    groups: [...new Set(found.flatMap(({ resources }) => resources))],
    uncertain: found.some(({ foreign, uncertain }) => foreign.length > 0 || uncertain),
  };
}

/** The names of the groups, in either of the two ways to write them. */
function groupArns(action: Value | undefined): (Value | undefined)[] {
  const blocks = list(entry(entry(action, "forward"), "targetGroups"));
  const several: readonly (Value | undefined)[] =
    blocks === UNKNOWN ? [blocks] : blocks.map((block) => entry(block, "arn"));
  const arns: readonly (Value | undefined)[] = [entry(action, "targetGroupArn"), ...several];
  return arns.filter((arn) => arn !== undefined && arn !== null && arn !== "");
}
