import * as fs from "node:fs";
import * as path from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import { layOutDeclarations } from "./analysable";

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
  const analyzer = new Analyzer(folder, name, { main: path.join(folder, entry) }, new Set(components));
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

/**
 * Infers the schema of a checkout's library, which has been compiled.
 *
 * @returns the schema, as JSON
 */
export function librarySchema(checkout: string): string {
  const compiled = path.join(checkout, "dist/components");
  const folder = path.join(checkout, "dist/analysis");
  try {
    layOutDeclarations(compiled, folder);
    const settings = { extends: path.join(checkout, "tsconfig.json"), files: ["index.ts"], include: [] };
    fs.writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
    const manifest = fs.readFileSync(path.join(checkout, "package.json"), "utf8");
    const { name, version, description } = JSON.parse(manifest) as Record<"name" | "version" | "description", string>;
    const components = componentNames(require(compiled) as Record<string, unknown>);
    return inferSchema({ folder, entry: "index.ts", components, name, version, description });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
