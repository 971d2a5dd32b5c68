import { CaddyDirective } from "./tree";
import { caddyWord } from "./word";

const indentation = "    ";

/** The text of directives, as Caddy reads it. */
export function renderCaddy(directives: readonly CaddyDirective[]): string {
  return directives.flatMap((directive) => lines(directive, "")).join("");
}

function lines({ words, block, comment }: CaddyDirective, indent: string): string[] {
  const head = words.map((word) =>
    typeof word === "string" ? caddyWord(word) : typeof word === "number" ? String(word) : word.token,
  );
  return [
    ...(comment === undefined ? [] : commentLines(comment, indent)),
    `${indent}${head.join(" ")}${block ? " {" : ""}\n`,
    ...(block ? [...block.flatMap((inner) => lines(inner, indent + indentation)), `${indent}}\n`] : []),
  ];
}

function commentLines(comment: string, indent: string): string[] {
  const all = comment.split("\n");
  const bad = all.find((line) => /\p{Cc}/u.test(line));
  if (bad !== undefined) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(bad)}`);
  // Caddy puts variables in place before it knows what a comment is.
  return all.map((line) => `${indent}# ${line.replaceAll("{$", "{ $")}\n`);
}
