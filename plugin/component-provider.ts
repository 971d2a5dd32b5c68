import * as pulumi from "@pulumi/pulumi";
import { inputProblems } from "../components/input-problems";

/** What is read of the package's schema. */
interface PackageSchema {
  version: string;
  resources: Record<string, ComponentSchema>;
}

/** A component in the schema. */
interface ComponentSchema {
  inputProperties: Record<string, { plain?: boolean }>;
  properties: Record<string, object>;
}

/** How every component of the library is made; its arguments come from the engine, whose schema they follow. */
type Component = new (
  name: string,
  args: pulumi.Inputs,
  opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource & Record<string, pulumi.Input<unknown>>;

/**
 * Makes the library's components for programs in any language. The schema was inferred when the package was built, so
 * neither the start nor a component waits for a type checker.
 */
export class ComponentProvider implements pulumi.provider.Provider {
  readonly version: string;
  readonly #schema: PackageSchema;

  /**
   * @param schema the package's schema, as JSON
   * @param library the classes of the components by their names; what else it holds is left alone
   */
  constructor(
    readonly schema: string,
    private readonly library: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = JSON.parse(schema) as PackageSchema;
    this.version = this.#schema.version;
  }

  /** @throws pulumi.InputPropertiesError with every problem of the inputs */
  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<pulumi.provider.ConstructResult> {
    const described = Object.hasOwn(this.#schema.resources, type) ? this.#schema.resources[type] : undefined;
    if (!described) {
      const known = Object.keys(this.#schema.resources).join(", ");
      throw new Error(`the package landfall has no component ${type}; it has ${known}`);
    }
    refuseOutputs(`${type} '${name}'`, inputs, described);
    const Class = this.library[type.slice(type.lastIndexOf(":") + 1)] as Component;
    const made = new Class(name, inputs, options);
    const outputs = Object.keys(described.properties);
    return { urn: made.urn, state: Object.fromEntries(outputs.map((output) => [output, made[output]])) };
  }
}

/** Planning is synchronous, so what is planned from has to be known: a value of another resource is not. */
function refuseOutputs(subject: string, inputs: pulumi.Inputs, { inputProperties }: ComponentSchema): void {
  const problems = Object.entries(inputs)
    .filter(([property, value]) => inputProperties[property]?.plain && pulumi.Output.isInstance(value))
    .map(([path]) => ({
      path,
      value: undefined,
      reason: "depends on a secret or on a resource, so it is not known while the host is planned",
      fix: "give a plain value, and hand in what is known later by `secrets`",
    }));
  if (problems.length) throw inputProblems(subject, problems);
}
