import { Resource } from "../graph/graph";
import { entry, list, text, uncovered } from "../graph/read";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { any, hasTag, Tagged } from "./tags";

export const lifecycleType = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

const details = "policyDetails";

/**
 * Whether a policy of Data Lifecycle Manager copies a volume. It copies what has any of its tags (DLM API Reference,
 * PolicyDetails: TargetTags); a policy for instances copies the disks of those.
 */
export function isCopiedBy(policy: Resource, volume: Tagged, machines: readonly Tagged[]): boolean | Unknown {
  const { state, policyDetails, defaultPolicy } = policy.properties;
  if (text(state) === "DISABLED") return false;
  const block = uncovered(policyDetails);
  if (block === UNKNOWN) return UNKNOWN;
  const kind = text(entry(block, "policyType"));
  // Those for events copy what others have copied.
  if (kind === "EVENT_BASED_POLICY") return false;
  const types = resourceTypes(block, defaultPolicy);
  if (types.includes(UNKNOWN)) return UNKNOWN;
  if (text(defaultPolicy) !== undefined)
    return hasExclusions(block) ? UNKNOWN : types.includes("VOLUME") || machines.length > 0;
  const answers: (boolean | Unknown)[] = [];
  if (types.includes("VOLUME")) answers.push(matches(policy, block, volume));
  if (types.includes("INSTANCE"))
    answers.push(...machines.map((machine): boolean | Unknown => matches(policy, block, machine)));
  return any(answers);
}

function resourceTypes(block: Value | undefined, defaultPolicy: Value | undefined): (string | Unknown)[] {
  const types = list(entry(block, "resourceTypes"));
  if (types === UNKNOWN) return [UNKNOWN];
  const own = text(entry(block, "resourceType")) ?? text(defaultPolicy);
  const all: (string | Unknown | undefined)[] = [...types.map(text), own];
  return all.filter((type) => type !== undefined);
}

const hasExclusions = (block: Value | undefined): boolean => {
  const exclusions = uncovered(entry(block, "exclusions"));
  return exclusions !== undefined && exclusions !== null;
};

function matches(policy: Resource, block: Value | undefined, tagged: Tagged): boolean | Unknown {
  const wanted = uncovered(entry(block, "targetTags"));
  if (wanted === UNKNOWN) return UNKNOWN;
  if (typeof wanted !== "object" || wanted === null) return false;
  return any(
    Object.entries(wanted).map(([key, value]) => hasTag(tagged, policy, details, { key, value: value as Value })),
  );
}
