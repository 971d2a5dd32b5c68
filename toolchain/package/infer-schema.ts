import { join } from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";

/** A package with components. */
export interface ComponentPackage {
  /** Folder with a tsconfig.json that names the entry and nothing else: every further file is time. */
  folder: string;
  /** The file that exports the components, from the folder. */
  entry: string;
  /** The components' names. */
  components: readonly string[];
  name: string;
  version: string;
  description: string;
}

/** The names of the component classes among a module's exports. */
export function componentNames(library: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(library).filter((name) => {
    const value = library[name];
    return typeof value === "function" && value.prototype instanceof ComponentResource;
  });
}

/**
 * Infers a package's schema from the types of its components, by Pulumi's own analysis. Takes seconds and hundreds of
 * megabytes, because a program of TypeScript is made of the entry and all that it imports.
 *
 * @returns the schema, as JSON
 * @throws Error that names the component and the property whose type other languages do not have
 */
export function inferSchema({ folder, entry, components, name, version, description }: ComponentPackage): string {
  const analyzer = new Analyzer(folder, name, { main: join(folder, entry) }, new Set(components));
  const found = analyzer.analyze();
  const schema = generateSchema(
    name,
    version,
    description,
    found.components,
    found.typeDefinitions,
    found.dependencies,
  );
  return `${JSON.stringify(schema, null, 1)}\n`;
}
