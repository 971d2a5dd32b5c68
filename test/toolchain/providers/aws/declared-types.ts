import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as ts from "typescript";

/** A property as the SDK declares it, with those inside of it. */
export interface Declared {
  /** `text`, `flag`, `number`, `document`, `asset`, `map`, `list of …`, or `object` when `members` say what is in it. */
  readonly kind: string;
  readonly optional: boolean;
  readonly members?: Readonly<Record<string, Declared>>;
}

export type DeclaredMembers = Readonly<Record<string, Declared>>;

const sdk = path.dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
const sources = new Map<string, ts.SourceFile>();

/**
 * What an interface or class of the installed SDK declares, nested types followed.
 * @param module e.g. `ec2/instance`
 */
export function declaredMembers(module: string, name: string): DeclaredMembers {
  const declaration = declarationIn(source(`${module}.d.ts`), name);
  if (!declaration) throw new Error(`@pulumi/aws/${module} declares no ${name}`);
  return membersOf(declaration);
}

/** Whether the module declares such an interface or class: a function without arguments has none for them. */
export function declares(module: string, name: string): boolean {
  return declarationIn(source(`${module}.d.ts`), name) !== undefined;
}

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration;

function source(file: string): ts.SourceFile {
  const parsed =
    sources.get(file) ??
    ts.createSourceFile(file, fs.readFileSync(path.join(sdk, file), "utf8"), ts.ScriptTarget.ES2022, true);
  sources.set(file, parsed);
  return parsed;
}

function declarationIn(node: ts.SourceFile | ts.ModuleBlock, name: string): Declaration | undefined {
  return node.statements.find(
    (statement): statement is Declaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === name,
  );
}

/** Nested types are in two files of 5 MB, in a namespace for each service; those of no service are in none. */
function nested(kind: "inputs" | "outputs", service: string | undefined, name: string): Declaration {
  const file = source(`types/${kind === "inputs" ? "input" : "output"}.d.ts`);
  const ofNone = service === undefined ? declarationIn(file, name) : undefined;
  if (ofNone) return ofNone;
  for (const statement of file.statements) {
    if (!ts.isModuleDeclaration(statement) || statement.name.text !== service) continue;
    const found = declarationIn(statement.body as ts.ModuleBlock, name);
    if (found) return found;
  }
  throw new Error(`the SDK declares no ${[kind, service, name].filter(Boolean).join(".")}`);
}

function membersOf(declaration: Declaration): DeclaredMembers {
  const members = (declaration.members as ts.NodeArray<ts.ClassElement | ts.TypeElement>).flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) || !member.type) return [];
    const type = member.type.getText();
    // An output that may have no value is `Output<T | undefined>`; an argument has a question mark.
    const optional = member.questionToken !== undefined || /\| undefined>$/.test(type);
    return [[member.name.getText(), { ...declared(member.type), optional }] as const];
  });
  return Object.fromEntries(members);
}

/** The types that the one at hand is inside of. */
const around: string[] = [];

/** What is inside of itself, as conditions inside of conditions are, is a document there: it has no end. */
function membersOfNested(
  kind: "inputs" | "outputs",
  service: string | undefined,
  name: string,
): Omit<Declared, "optional"> {
  if (around.includes(name)) return { kind: "document" };
  around.push(name);
  const members = membersOf(nested(kind, service, name));
  around.pop();
  return { kind: "object", members };
}

function declared(type: ts.TypeNode): Omit<Declared, "optional"> {
  const plain = withoutWrappers(type);
  if (ts.isArrayTypeNode(plain)) {
    const item = declared(plain.elementType);
    return { ...item, kind: `list of ${item.kind}` };
  }
  if (ts.isTypeLiteralNode(plain)) return { kind: "map" };
  const reference = /^(inputs|outputs)(?:\.(\w+))?\.(\w+)$/.exec(plain.getText());
  if (reference) {
    const [, kind, service, name] = reference as unknown as [string, "inputs" | "outputs", string | undefined, string];
    return membersOfNested(kind, service, name);
  }
  return { kind: simpleKind(plain.getText()) };
}

/** `pulumi.Input<T | undefined>` and the like come down to T. */
function withoutWrappers(type: ts.TypeNode): ts.TypeNode {
  if (ts.isTypeReferenceNode(type) && /^pulumi\.(Input|Output)$/.test(type.typeName.getText())) {
    return withoutWrappers(type.typeArguments?.[0] as ts.TypeNode);
  }
  if (ts.isUnionTypeNode(type)) {
    const defined = type.types.filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword);
    if (defined.length === 1) return withoutWrappers(defined[0] as ts.TypeNode);
  }
  return type;
}

function simpleKind(text: string): string {
  if (text.includes("PolicyDocument")) return "document";
  if (text.includes("pulumi.asset.")) return "asset";
  // Besides a text, an enumeration's member or a resource's own object are taken: they end as texts too.
  if (/\bstring\b|enums\./.test(text)) return "text";
  if (text === "boolean") return "flag";
  if (text === "number") return "number";
  return text;
}
