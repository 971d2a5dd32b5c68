import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/**
 * Lays compiled declarations out as Pulumi's analysis of components needs them. They import only what their types need, so
 * they are analysed in half the time of the sources. The analysis reads two things otherwise than they are meant: the
 * values of a choice (an object `as const`) from its initializer, which declarations do not have; and a private member,
 * whose type declarations leave out, as an output of any type.
 */
export function layOutDeclarations(from: string, to: string): void {
  const declarations = fs
    .readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".d.ts"));
  for (const file of declarations) {
    const target = path.join(to, file.replace(/\.d\.ts$/, ".ts"));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, analysable(fs.readFileSync(path.join(from, file), "utf8")));
  }
}

/** A declaration file's text with choices that have values, and without private members. */
export function analysable(text: string): string {
  const source = ts.createSourceFile("declarations.ts", text, ts.ScriptTarget.ES2022, true);
  const edits = source.statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement)) return statement.members.filter(isPrivate).map((member) => edit(member, ""));
    return ts.isVariableStatement(statement) ? choiceEdits(statement) : [];
  });
  return edits.reduceRight((before, { start, end, by }) => before.slice(0, start) + by + before.slice(end), text);
}

/** A piece of a text, and what takes its place. */
interface Edit {
  start: number;
  end: number;
  by: string;
}

const edit = (node: ts.Node, by: string): Edit => ({ start: node.getStart(), end: node.end, by });

const isPrivate = (member: ts.ClassElement): boolean =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) && !!ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

/** `declare const A: { readonly B: "b"; }` becomes `const A = { B: "b", } as const`, with the comments inside. */
function choiceEdits(statement: ts.VariableStatement): Edit[] {
  const [declaration] = statement.declarationList.declarations;
  const type = declaration?.type;
  if (!declaration || !type || !ts.isTypeLiteralNode(type)) return [];
  const members = type.members.filter(ts.isPropertySignature);
  const valued = members.every(({ type: value }) => value && ts.isLiteralTypeNode(value));
  if (!valued || members.length !== type.members.length) return [];
  const declared = ts.getModifiers(statement)?.find(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  return [
    ...(declared ? [edit(declared, "")] : []),
    { start: declaration.name.end, end: type.getStart(), by: " = " },
    ...members.map((member) => edit(member, `${member.name.getText()}: ${member.type?.getText()},`)),
    { start: type.end, end: type.end, by: " as const" },
  ];
}
