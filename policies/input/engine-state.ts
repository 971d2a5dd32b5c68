import { Resource } from "../graph/graph";
import { InputError } from "./input-error";
import { propertyValue, propertyValues } from "./property-value";

/**
 * The resources of `pulumi preview --json`.
 *
 * @throws {InputError} when it shows only part of the deployment
 */
export function previewResources(preview: Readonly<Record<string, unknown>>): Resource[] {
  const steps = objects(preview["steps"], "steps");
  const failed = objects(preview["diagnostics"], "diagnostics").find(({ severity }) => severity === "error");
  if (failed) {
    throw new InputError("the preview failed, so it shows only part of the deployment; make one that succeeds");
  }
  const same = (preview["changeSummary"] as { same?: unknown } | undefined)?.same;
  const shown = steps.filter(({ op }) => op === "same").length;
  if (typeof same === "number" && same > shown) {
    throw new InputError(
      `the preview leaves out ${same - shown} resources that do not change; make it with: pulumi preview --json --show-sames`,
    );
  }
  // Of the steps of one resource (a replacement has several) the last says what it will be; deletions have no new state.
  const states = new Map<string, Resource>();
  steps.forEach(({ newState }, index) => {
    if (newState === undefined || newState === null) return;
    const resource = read(newState, `steps[${index}].newState`);
    states.set(resource.urn, resource);
  });
  return [...states.values()];
}

/**
 * The resources of `pulumi stack export`.
 *
 * @throws {InputError} when it is not one
 */
export function exportedResources(state: Readonly<Record<string, unknown>>): Resource[] {
  const deployment = state["deployment"];
  if (!isObject(deployment)) throw new InputError("the state has no deployment; export it again: pulumi stack export");
  return objects(deployment["resources"], "deployment.resources")
    .filter((resource) => resource["delete"] !== true)
    .map((resource, index) => read(resource, `deployment.resources[${index}]`));
}

function read(value: unknown, path: string): Resource {
  const { urn, type, id, inputs, outputs, parent, dependencies, propertyDependencies } = isObject(value) ? value : {};
  if (typeof urn !== "string" || typeof type !== "string") {
    throw new InputError(`${path} is no resource: it has no urn or no type; make the file again`);
  }
  const known = propertyValue(id ?? null);
  return {
    urn,
    type,
    name: nameOf(urn),
    properties: {
      ...(isObject(outputs) && propertyValues(outputs)),
      ...(isObject(inputs) && propertyValues(inputs)),
      ...(typeof known === "string" && known !== "" && { id: known }),
    },
    dependencies: texts(dependencies),
    propertyDependencies: isObject(propertyDependencies)
      ? Object.fromEntries(Object.entries(propertyDependencies).map(([property, urns]) => [property, texts(urns)]))
      : {},
    parent: typeof parent === "string" && parent !== "" ? parent : null,
  };
}

/** The name in the program: what follows the type in `urn:pulumi:stack::project::type::name`. A name may hold `::`. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function objects(value: unknown, path: string): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new InputError(`${path} is not a list of objects`);
  return value;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
