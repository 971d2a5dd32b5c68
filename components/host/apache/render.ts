import { ApacheDirective } from "./tree";
import { apacheWord, requestVariable, rewriteWord } from "./word";

const indentation = "    ";

/** The text of directives, as httpd 2.4 reads it. */
export function renderApache(directives: readonly ApacheDirective[]): string {
  return directives.map((node) => rendered(node, "")).join("");
}

function rendered({ directive, args, block, comment }: ApacheDirective, indent: string): string {
  // It is a name and no word: quotes around it would be part of it.
  if (!/^[A-Za-z]\w*$/.test(directive)) throw new Error(`${JSON.stringify(directive)} is no directive of httpd`);
  const word = directive.startsWith("Rewrite") ? rewriteWord : apacheWord;
  const words = args.map((arg) => (typeof arg === "string" ? word(arg) : requestVariable(arg.variable)));
  const line = [directive, ...words].join(" ");
  const above = comment === undefined ? "" : comments(comment, indent);
  if (!block) return `${above}${indent}${line}\n`;
  const inner = block.map((node) => rendered(node, indent + indentation)).join("");
  return `${above}${indent}<${line}>\n${inner}${indent}</${directive}>\n`;
}

function comments(comment: string, indent: string): string {
  return comment
    .split("\n")
    .map((line) => {
      // A backslash at the end would take the next line into the comment.
      if (/\p{Cc}/u.test(line) || line.endsWith("\\")) throw new Error(`no comment can be ${JSON.stringify(line)}`);
      return `${indent}#${line === "" ? "" : ` ${line}`}\n`;
    })
    .join("");
}
