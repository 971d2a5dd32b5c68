import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildPackage } from "../toolchain/package/build";
import { ComponentPackage, inferSchema, librarySchema } from "../toolchain/package/infer-schema";
import { Bound, figure, Figure, interleaved, seconds } from "./figure";

const checkout = resolve(__dirname, "..");

/** Inferring the schema of all components, held against a package with one component that imports the same modules. */
export async function schema(report: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-schema-"));
  try {
    const one = oneComponent(folder);
    await buildPackage(checkout);
    const measured = await interleaved(
      5,
      {
        "all components": () => seconds(() => librarySchema(checkout)),
        "one component": () => seconds(() => inferSchema(one)),
      },
      report,
    );
    return [
      figure(
        "component schema, to one component with the same imports",
        measured["all components"] / measured["one component"],
        "x",
        Bound.AtMost,
        1.2,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The baseline: what every author of a component pays who imports these modules. */
function oneComponent(folder: string): ComponentPackage {
  const imports = importedModules().map((name, index) => `import * as module${index} from "${name}";`);
  const uses = imports.map((_, index) => `  module${index}: module${index},`);
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "package"));
  writeFileSync(
    join(folder, "package/tsconfig.json"),
    JSON.stringify({ extends: join(checkout, "tsconfig.json"), files: ["index.ts"], include: [] }),
  );
  writeFileSync(
    join(folder, "package/index.ts"),
    `import { ComponentResource } from "@pulumi/pulumi";
${imports.join("\n")}
export const modules = {
${uses.join("\n")}
};
export interface OneArgs { name: string }
export class One extends ComponentResource {
  constructor(name: string, args: OneArgs) { super("one:index:One", name, { ...args }); }
}
`,
  );
  return {
    folder: join(folder, "package"),
    entry: "index.ts",
    components: ["One"],
    name: "one",
    version: "0.0.0",
    description: "one component",
  };
}

/** Modules outside of the library that its entry imports, by whatever way. */
function importedModules(): string[] {
  const found = new Set<string>();
  const read = new Set<string>();
  const visit = (file: string): void => {
    if (read.has(file)) return;
    read.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/ from "([^"]+)";/g)) {
      if (name.startsWith(".")) visit(`${resolve(dirname(file), name)}.ts`);
      else found.add(name);
    }
  };
  visit(join(checkout, "components/index.ts"));
  return [...found].sort();
}
