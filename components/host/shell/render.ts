import { Command, Expansion, Statement, Substitution, Word } from "./tree";
import { inDoubleQuotes, word } from "./word";

/** The text of a script for `/bin/sh`. It stops at the first error and at the first variable that is not set. */
export function render(statements: readonly Statement[]): string {
  return ["#!/bin/sh", "set -eu", ...statements.flatMap((statement) => renderStatement(statement, ""))]
    .map((line) => `${line}\n`)
    .join("");
}

/** One command, e.g. for `sh -c`. */
export function renderCommand({ words }: Command): string {
  return words.map(renderWord).join(" ");
}

function renderStatement(statement: Statement, indent: string): string[] {
  switch (statement.kind) {
    case "comment":
      return statement.text.split("\n").map((line) => `${indent}# ${line}`);
    case "assignment":
      return [`${indent}${statement.name}=${renderWord(statement.value)}`];
    case "while":
      return [
        `${indent}while ${renderCommand(statement.condition)}; do`,
        ...statement.body.flatMap((inner) => renderStatement(inner, `${indent}  `)),
        `${indent}done`,
      ];
    default:
      return [indent + renderCommand(statement)];
  }
}

function renderWord(value: Word): string {
  return typeof value === "string" ? word(value) : renderExpansion(value);
}

function renderExpansion({ parts }: Expansion): string {
  return `"${parts.map((part) => (typeof part === "string" ? inDoubleQuotes(part) : renderSubstitution(part))).join("")}"`;
}

function renderSubstitution(substitution: Substitution): string {
  return substitution.kind === "variable"
    ? `\${${substitution.name}${substitution.operation}}`
    : `$(${renderCommand(substitution.command)})`;
}
