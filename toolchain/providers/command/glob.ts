/**
 * Makes a test for a pattern: `*` matches within a path's part and `**` also across parts, `?` one character, `[abc]`,
 * `[a-z]` and `[!abc]` one of a set, `{one,two}` one of several patterns; a backslash takes the next character as it is.
 * The path has to match as a whole.
 */
export function matchGlob(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${translate(pattern)}$`, "su");
  return (path) => expression.test(path);
}

function translate(pattern: string): string {
  const characters = [...pattern];
  let result = "";
  let depth = 0;
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] as string;
    if (character === "*") {
      if (characters[index + 1] === "*") {
        result += ".*";
        index++;
      } else {
        result += "[^/]*";
      }
    } else if (character === "?") {
      result += "[^/]";
    } else if (character === "[") {
      const end = characters.indexOf("]", index + 2);
      if (end < 0)
        throw new Error(`the pattern ${JSON.stringify(pattern)} has "[" without "]"; write \\[ for the character`);
      result += set(characters.slice(index + 1, end));
      index = end;
    } else if (character === "{") {
      depth++;
      result += "(?:";
    } else if (character === "}" && depth > 0) {
      depth--;
      result += ")";
    } else if (character === "," && depth > 0) {
      result += "|";
    } else if (character === "\\" && index + 1 < characters.length) {
      result += literal(characters[++index] as string);
    } else {
      result += literal(character);
    }
  }
  if (depth > 0)
    throw new Error(`the pattern ${JSON.stringify(pattern)} has "{" without "}"; write \\{ for the character`);
  return result;
}

function set(members: readonly string[]): string {
  const negated = members[0] === "!" || members[0] === "^";
  const rest = (negated ? members.slice(1) : members).map((member) => (member === "-" ? "-" : literal(member)));
  return `(?!/)[${negated ? "^" : ""}${rest.join("")}]`;
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
