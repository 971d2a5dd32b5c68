import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as ts from "typescript";

/** One property as a published package describes it. */
export interface PublishedProperty {
  readonly secret?: boolean;
  readonly replaceOnChanges?: boolean;
  readonly default?: unknown;
  readonly type?: string;
}

/** A published package's schema, as far as it is compared. */
export interface PublishedSchema {
  readonly resources: Record<
    string,
    {
      inputProperties: Record<string, PublishedProperty>;
      requiredInputs?: string[];
      properties: Record<string, PublishedProperty>;
      required?: string[];
    }
  >;
  readonly functions: Record<
    string,
    {
      inputs: { properties: Record<string, PublishedProperty>; required?: string[] };
      outputs?: { properties: Record<string, PublishedProperty>; required?: string[] };
      returnType?: { properties: Record<string, PublishedProperty>; required?: string[] };
    }
  >;
  readonly types: Record<
    string,
    { properties?: Record<string, PublishedProperty>; required?: string[]; enum?: { value: string }[] }
  >;
}

/** The folder beside the checkout that holds the published schemas, where there is one. */
const schemas = path.resolve(__dirname, "../../../../shared/schemas");

/** The published schema of a package; undefined where it is not at hand, which is everywhere but in development. */
export function publishedSchema(name: string): PublishedSchema | undefined {
  const file = path.join(schemas, `${name}.json`);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as PublishedSchema) : undefined;
}

/** A property as a package's type declarations have it. */
export interface DeclaredProperty {
  readonly name: string;
  readonly optional: boolean;
}

/** The properties of an interface or class in the type declarations of an installed package, methods left out. */
export function declaredProperties(module: string, typeName: string): DeclaredProperty[] {
  const resolve = createRequire(__filename).resolve;
  const file = resolve(module).replace(/\.js$/, ".d.ts");
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const found: DeclaredProperty[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name?.text === typeName) {
      for (const member of node.members) {
        const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
        const isStatic =
          ts.canHaveModifiers(member) &&
          ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
        if (!isProperty || isStatic || !member.name) continue;
        // Outputs that may have no value are declared as `Output<T | undefined>`.
        const optional = member.questionToken !== undefined || /\| undefined>/.test(member.type?.getText() ?? "");
        found.push({ name: member.name.getText(), optional });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (found.length === 0) throw new Error(`${file} declares no ${typeName}`);
  return found;
}

/** The options that a class of an installed package adds to every resource: secret outputs, and what replaces it. */
export function declaredOptions(module: string): { secrets: string[]; replacing: string[] } {
  const code = fs.readFileSync(createRequire(__filename).resolve(module), "utf8");
  const list = (option: string): string[] => {
    const [, items] = new RegExp(`${option}: (\\[[^;]*\\]) \\}`).exec(code) ?? [];
    return items === undefined ? [] : (JSON.parse(items) as string[]);
  };
  // `triggers[*]` is any change inside of `triggers`.
  const replacing = list("replaceOnChanges").map((path) => path.replace(/\[\*\]$/, ""));
  return { secrets: list("additionalSecretOutputs"), replacing };
}
