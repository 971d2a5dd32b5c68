import { ResourceValidationArgs, Secret as EngineSecret } from "@pulumi/policy";
import { currentType } from "../graph/current-type";
import { Secret, UNKNOWN, Value } from "../graph/value";
import { unknownMark } from "../input/property-value";
import { Rule } from "../rule";
import { propertiesOf } from "./resources";

/**
 * The properties of a resource with what a rule puts right, or undefined when there is nothing. Only changed properties
 * are set, so that the SDK's proxy keeps all others, secrets among them, as they are. A rule that fails changes nothing:
 * the check of the whole stack reports what is left.
 */
export async function changedProperties(
  { type, props }: Pick<ResourceValidationArgs, "type" | "props">,
  remediate: NonNullable<Rule["remediate"]>,
): Promise<Record<string, unknown> | undefined> {
  const before = await propertiesOf(props);
  const after = attempt(() => remediate(currentType(type), before));
  if (after === undefined) return undefined;
  for (const [property, value] of Object.entries(after)) {
    if (value !== before[property]) props[property] = engineValue(value);
  }
  return props;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A value as the SDK writes it back to the engine. */
function engineValue(value: Value): unknown {
  if (value === UNKNOWN) return unknownMark;
  if (value instanceof Secret) return new EngineSecret(engineValue(value.reveal()));
  if (Array.isArray(value)) return value.map(engineValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, engineValue(field)]));
}
