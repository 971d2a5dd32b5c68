import * as ts from "typescript";
import { type Declaration, Declarations } from "./declarations";
import { docComment } from "./doc-comment";
import { type Entry, EntryKind, type Property } from "./entry";

/** Everything that a module exports, as its declarations and doc comments describe it. */
export function readEntries(file: string): Entry[] {
  const declarations = new Declarations();
  return [...declarations.exportsOf(file)].flatMap(([name, found]) => {
    const read = found.map((declaration) => readEntry(name, declaration, declarations)).filter((one) => one !== null);
    return read.slice(0, 1);
  });
}

/** Null for the type beside a choice, which has its name. */
function readEntry(name: string, declaration: Declaration, declarations: Declarations): Entry | null {
  const described = docComment(ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration);
  const base = { name, text: described.text, example: described.example };
  if (ts.isInterfaceDeclaration(declaration))
    return { kind: EntryKind.Interface, ...base, properties: interfaceProperties(declaration, declarations) };
  if (ts.isClassDeclaration(declaration)) {
    return {
      kind: EntryKind.Component,
      ...base,
      properties: outputs(declaration),
      argsType: constructorArgs(declaration),
    };
  }
  if (ts.isFunctionDeclaration(declaration)) return functionEntry(base, declaration);
  if (ts.isVariableDeclaration(declaration)) return variableEntry(base, declaration);
  return null;
}

function functionEntry(base: Omit<Entry, "kind" | "properties">, node: ts.SignatureDeclaration): Entry {
  const parameters = node.parameters.map((parameter) => parameter.getText()).join(", ");
  const [first] = node.parameters;
  return {
    kind: EntryKind.Function,
    ...base,
    properties: [],
    signature: `${base.name}(${parameters}): ${node.type?.getText() ?? "void"}`,
    argsType: first?.type && ts.isTypeReferenceNode(first.type) ? first.type.getText() : undefined,
  };
}

function variableEntry(base: Omit<Entry, "kind" | "properties">, node: ts.VariableDeclaration): Entry {
  const value = node.initializer;
  if (value && ts.isArrowFunction(value)) return functionEntry(base, value);
  const literal = value && ts.isAsExpression(value) ? value.expression : undefined;
  if (!literal || !ts.isObjectLiteralExpression(literal))
    throw new Error(`${base.name} is exported, but is neither a choice (an object "as const") nor a function`);
  const properties = literal.properties.filter(ts.isPropertyAssignment).map((member): Property => ({
    name: member.name.getText(),
    type: member.initializer.getText(),
    optional: false,
    text: docComment(member).text,
  }));
  return { kind: EntryKind.Choice, ...base, properties };
}

/** Own properties after those of the interfaces that it extends. */
function interfaceProperties(node: ts.InterfaceDeclaration, declarations: Declarations): Property[] {
  const extended = (node.heritageClauses ?? []).flatMap((clause) =>
    clause.types.flatMap((type) =>
      declarations
        .resolve(type.expression.getText(), node)
        .filter(ts.isInterfaceDeclaration)
        .flatMap((base) => interfaceProperties(base, declarations)),
    ),
  );
  const own = node.members.filter(ts.isPropertySignature).map((member) => readProperty(member, declarations));
  const replaced = new Set(own.map(({ name }) => name));
  return [...extended.filter(({ name }) => !replaced.has(name)), ...own];
}

function readProperty(node: ts.PropertySignature, declarations: Declarations): Property {
  const { text, defaultText, example } = docComment(node);
  const type = node.type?.getText().replace(/\s+/g, " ") ?? "unknown";
  return {
    name: node.name.getText(),
    type,
    optional: node.questionToken !== undefined,
    text: text || textOfType(type, node, declarations),
    defaultText,
    example,
  };
}

/** What is said about the type serves a property that says no more than its default. */
function textOfType(type: string, node: ts.Node, declarations: Declarations): string {
  const [declaration] = declarations.resolve(type.replace(/\[\]$/, ""), node);
  if (!declaration) return "";
  return docComment(ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration).text;
}

function outputs(node: ts.ClassDeclaration): Property[] {
  return node.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => ts.isIdentifier(member.name) && !isPrivate(member))
    .map((member) => ({
      name: member.name.getText(),
      type: member.type?.getText() ?? "unknown",
      optional: false,
      text: docComment(member).text,
    }));
}

function isPrivate(member: ts.PropertyDeclaration): boolean {
  return !!ts
    .getModifiers(member)
    ?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
}

function constructorArgs(node: ts.ClassDeclaration): string | undefined {
  const args = node.members
    .find(ts.isConstructorDeclaration)
    ?.parameters.find((parameter) => parameter.name.getText() === "args");
  return args?.type?.getText();
}
