import { ownFrames } from "./dev-project";
import { argument } from "./program-text";

/** A step of `pulumi preview --json`. */
interface PreviewStep {
  newState?: {
    urn: string;
    type: string;
    custom?: boolean;
    parent?: string;
    inputs?: Record<string, unknown>;
    propertyDependencies?: Record<string, string[] | null> | null;
  };
}

/** How a preview writes down what is known only after `up`. */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Which of a preview's resources a bare program registers. */
interface Registered {
  /** How often, each time by other names. @default once */
  copies?: number;
  /** Whether one is registered, by its type. @default all are */
  includes?: (type: string) => boolean;
}

/**
 * The least program that registers the resources of a preview: the same types, names, parents and inputs, by the same
 * SDKs, and nothing that works them out.
 */
export function bareProgram(previewJson: string, { copies = 1, includes = () => true }: Registered = {}): string {
  const { steps } = JSON.parse(previewJson) as { steps: PreviewStep[] };
  const states = steps
    .flatMap(({ newState }) => newState ?? [])
    .filter(({ type }) => !type.startsWith("pulumi:") && includes(type));
  const variables = new Map(states.map(({ urn }, index) => [urn, `r${index}`]));
  const modules = new Set<string>();
  const lines = states.map((state) => {
    const name = `${JSON.stringify(state.urn.split("::").at(-1))} + copy`;
    const parent = variables.get(state.parent ?? "");
    const options = parent ? `{ parent: ${parent} }` : "{}";
    const made = `const ${variables.get(state.urn)} = new `;
    if (!state.custom) {
      return `${made}pulumi.ComponentResource(${JSON.stringify(state.type)}, ${name}, {}, ${options});`;
    }
    const [, provider = "", service = "", constructor = ""] = /^(\w+):(\w+)(?:\/\w+)?:(\w+)$/.exec(state.type) ?? [];
    const [module, path] = moduleOf(provider, service);
    modules.add(`import * as ${module} from ${JSON.stringify(path)};`);
    const inputs = Object.entries(state.inputs ?? {})
      .filter(([property]) => property !== "__defaults")
      .map(([property, value]) => {
        const from = (state.propertyDependencies?.[property] ?? []).flatMap((urn) => variables.get(urn) ?? []);
        const unknown = from[0] ? `(${from[0]} as any).id` : `pulumi.output("later")`;
        return `${JSON.stringify(property)}: ${argument(value, unknownMark, unknown)}`;
      });
    return `${made}${module}.${constructor}(${name}, { ${inputs.join(", ")} } as any, ${options});`;
  });
  return [
    ownFrames,
    'import * as pulumi from "@pulumi/pulumi";',
    ...modules,
    `for (let number = 0; number < ${copies}; number++) {`,
    'const copy = number === 0 ? "" : `-${number}`;',
    // Copies have names of their own in the DNS, and stores of their own, or each would claim the others' hosts.
    "const own = (text: string) => text.replaceAll('.example.com', `${copy}.example.com`)" +
      ".replace(/landfall-dev-web-[0-9a-f]{12}/g, (bucket) => bucket + copy);",
    ...lines,
    "}",
    "",
  ].join("\n");
}

/** The SDK's module of a service, by the name it gets here. Small SDKs have one for all, or one for each service. */
function moduleOf(provider: string, service: string): [name: string, path: string] {
  if (provider === "tls" || service === "index") return [provider, `@pulumi/${provider}`];
  return [`${provider}_${service}`, `@pulumi/${provider}/${service}`];
}
