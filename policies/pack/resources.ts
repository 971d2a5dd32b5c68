import { PolicyResource, Secret } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import { Resource } from "../graph/graph";
import { Value } from "../graph/value";
import { propertyValues, writtenSecret } from "../input/property-value";

/** Properties by which the SDK's own code takes its proxies off; its types hide them. */
const { isSpecialProxy, getSpecialProxyTarget } = require("@pulumi/policy/proxy") as Record<
  "isSpecialProxy" | "getSpecialProxyTarget",
  string
>;

/** The resources that the SDK hands to a stack policy, as rules take them. */
export async function resourcesOf(given: readonly PolicyResource[]): Promise<Resource[]> {
  return Promise.all(
    given.map(async ({ urn, type, name, props, dependencies, propertyDependencies, parent }) => ({
      urn,
      type,
      name,
      properties: await propertiesOf(props),
      dependencies: dependencies.map((dependency) => dependency.urn),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, on]) => [
          property,
          on.map((dependency) => dependency.urn),
        ]),
      ),
      parent: parent?.urn ?? null,
    })),
  );
}

/** The properties that the SDK hands to a policy, as rules take them. */
export async function propertiesOf(props: Readonly<Record<string, unknown>>): Promise<Record<string, Value>> {
  const pending: Promise<void>[] = [];
  const written = writtenForm(props, pending) as Record<string, unknown>;
  await Promise.all(pending);
  return propertyValues(written);
}

/**
 * The form in which the engine writes properties. The SDK's proxies are taken off: they throw where an unknown value is
 * read, which would end the policy at the first one and hide all other findings.
 *
 * @param pending is given what has to be waited for until the form is complete
 */
function writtenForm(given: unknown, pending: Promise<void>[]): unknown {
  const value = withoutProxy(given);
  if (Array.isArray(value)) return value.map((element) => writtenForm(element, pending));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) return writtenSecret(writtenForm(value.value, pending));
  if (asset.Asset.isInstance(value) || asset.Archive.isInstance(value)) return sourceOf(value, pending);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, writtenForm(field, pending)]));
}

function withoutProxy(given: unknown): unknown {
  let value = given as Record<string, unknown> | null | undefined;
  while (typeof value === "object" && value !== null && value[isSpecialProxy] === true) {
    value = value[getSpecialProxyTarget] as Record<string, unknown>;
  }
  return value;
}

/** Where an asset comes from: its text, or the path or URL it is read from. */
function sourceOf(given: object, pending: Promise<void>[]): Record<string, unknown> {
  const source: Record<string, unknown> = {};
  for (const key of ["text", "path", "uri"]) {
    if (!(key in given)) continue;
    const value: unknown = Reflect.get(given, key);
    pending.push(Promise.resolve(value).then((known) => void (source[key] = known)));
  }
  return source;
}
