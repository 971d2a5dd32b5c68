import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

/** Declarations that documentation can be made of. */
export type Declaration =
  | ts.InterfaceDeclaration
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration
  | ts.TypeAliasDeclaration;

/**
 * Reads declarations by syntax alone: no type is worked out and nothing outside the library is read, so that it takes
 * tenths of a second.
 */
export class Declarations {
  readonly #files = new Map<string, ts.SourceFile>();

  /** The exports of a module by name, in the order of its text; a name can be a value and a type at once. */
  exportsOf(file: string): Map<string, Declaration[]> {
    const found = new Map<string, Declaration[]>();
    const add = (name: string, declarations: readonly Declaration[]): void => {
      if (declarations.length) found.set(name, [...(found.get(name) ?? []), ...declarations]);
    };
    for (const statement of this.#source(file).statements) {
      if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) {
        const target = this.exportsOf(moduleFile(file, statement.moduleSpecifier));
        const { exportClause } = statement;
        if (!exportClause) for (const [name, declarations] of target) add(name, declarations);
        else if (ts.isNamedExports(exportClause))
          for (const { name, propertyName } of exportClause.elements)
            add(name.text, target.get((propertyName ?? name).text) ?? []);
      } else if (isExported(statement)) {
        for (const declaration of declarationsIn(statement)) add(declaration.name.text, [declaration]);
      }
    }
    return found;
  }

  /** What a name means in the file of a node: declared there or imported. Undefined for what is not the library's own. */
  resolve(name: string, node: ts.Node): Declaration[] {
    const source = node.getSourceFile();
    const here = source.statements.flatMap(declarationsIn).filter((one) => one.name.text === name);
    if (here.length) return here;
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) continue;
      const imported = bindings.elements.find((element) => element.name.text === name);
      if (imported && isRelative(statement.moduleSpecifier))
        return (
          this.exportsOf(moduleFile(source.fileName, statement.moduleSpecifier)).get(
            (imported.propertyName ?? imported.name).text,
          ) ?? []
        );
    }
    return [];
  }

  #source(file: string): ts.SourceFile {
    const known = this.#files.get(file);
    if (known) return known;
    const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    this.#files.set(file, source);
    return source;
  }
}

type NamedDeclaration = Declaration & { name: ts.Identifier };

function declarationsIn(statement: ts.Statement): NamedDeclaration[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.filter((one): one is ts.VariableDeclaration & NamedDeclaration =>
      ts.isIdentifier(one.name),
    );
  const declares =
    ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return declares && statement.name ? [statement as NamedDeclaration] : [];
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    !!ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  );
}

const isRelative = (specifier: ts.Expression): boolean =>
  ts.isStringLiteral(specifier) && specifier.text.startsWith(".");

function moduleFile(from: string, specifier: ts.Expression): string {
  if (!ts.isStringLiteral(specifier) || !isRelative(specifier))
    throw new Error(`${from}  hands on ${specifier.getText()}, which is not a file of the library`);
  const target = path.resolve(path.dirname(from), specifier.text);
  return fs.existsSync(`${target}.ts`) ? `${target}.ts` : path.join(target, "index.ts");
}
