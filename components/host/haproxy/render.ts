import { HaproxyLine, HaproxySection } from "./tree";
import { haproxyWord } from "./word";

/** Most words of one line (`MAX_LINE_ARGS` of HAProxy's sources, common/defaults.h); further ones would be refused. */
const mostWords = 64;

/** The text of sections, as HAProxy reads it. */
export function renderHaproxy(sections: readonly HaproxySection[]): string {
  return sections
    .map((one) => [rendered(one, ""), ...one.lines.map((inner) => rendered(inner, "    "))].join(""))
    .join("\n");
}

function rendered({ words, comment }: HaproxyLine, indent: string): string {
  if (words.length === 0 || words.length > mostWords)
    throw new Error(
      `HAProxy reads lines of 1 to ${mostWords} words, not ${words.length}: ${words.join(" ").slice(0, 80)}`,
    );
  const above = comment === undefined ? "" : comments(comment, indent);
  return `${above}${indent}${words.map(haproxyWord).join(" ")}\n`;
}

function comments(comment: string, indent: string): string {
  return comment
    .split("\n")
    .map((text) => {
      if (/\p{Cc}/u.test(text)) throw new Error(`a comment cannot hold control characters: ${JSON.stringify(text)}`);
      return `${indent}#${text === "" ? "" : ` ${text}`}\n`;
    })
    .join("");
}
