import { any, classText, digits, letters, not, only } from "./pattern-characters";
import { PatternNode } from "./pattern-node";

/** An expression that cannot be read, and what to write in its place. */
export class PatternError extends Error {
  constructor(
    readonly reason: string,
    readonly fix: string,
  ) {
    super(reason);
  }
}

/** Reads the text of a pattern. Throws a `PatternError` on what is not of the common subset. */
export function readPattern(text: string): PatternNode {
  const reader = new PatternReader(text);
  const node = reader.choice();
  if (!reader.isAtEnd) throw new PatternError('has a ")" that closes nothing', 'write it as "\\)"');
  return node;
}

/** Whether a text is a pattern at all. */
export function isReadable(text: string): boolean {
  try {
    readPattern(text);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** Characters that stand for themselves: those of a path (RFC 3986, `pchar`) that mean nothing else in an expression. */
const plain = /[A-Za-z0-9\-_~!&',;=:@/]/;

/** Characters that mean something, and themselves behind a backslash. */
const special = /[\^$\\.*+?()[\]{}|]/;

/** Also taken behind a backslash, out of habit. */
const escapable = /[\^$\\.*+?()[\]{}|\-/]/;

class PatternReader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  choice(): PatternNode {
    const ways = [this.sequence()];
    while (this.take("|")) ways.push(this.sequence());
    return ways.length === 1 ? ways[0]! : { kind: "choice", ways };
  }

  private sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (!this.isAtEnd && !this.ahead(")") && !this.ahead("|")) {
      if (items.at(-1)?.kind === "end")
        throw new PatternError('has more behind "$", where the path has ended', 'leave it out, or write "\\$"');
      items.push(this.repeated(this.item()));
    }
    return items.length === 1 ? items[0]! : { kind: "sequence", items };
  }

  private item(): PatternNode {
    const character = this.text[this.position++]!;
    if (plain.test(character)) return { kind: "characters", has: only(character.charCodeAt(0)), text: character };
    switch (character) {
      case ".":
        return { kind: "characters", has: any, text: "." };
      case "$":
        return { kind: "end" };
      case "(":
        return this.grouped();
      case "[":
        return this.bracketed();
      case "\\":
        return this.escaped();
      case "^":
        throw new PatternError('has a "^"', "leave it out: a pattern begins where the path does");
      case "*":
      case "+":
      case "?":
      case "{":
        throw new PatternError(`has a "${character}" with nothing before it to repeat`, `write it as "\\${character}"`);
      default:
        throw new PatternError(
          `has ${JSON.stringify(character)}, which web servers read differently or a path never has`,
          special.test(character) ? `write it as "\\${character}"` : "leave it out; paths are held decoded against it",
        );
    }
  }

  private grouped(): PatternNode {
    if (this.take("?") && !this.take(":"))
      throw new PatternError('has a group that begins with "(?"', 'use plain groups, "(...)" or "(?:...)"');
    const node = this.choice();
    if (!this.take(")")) throw new PatternError('has a "(" that is not closed', 'close it, or write it as "\\("');
    return node.kind === "sequence" && node.items.length === 0 ? refuseEmpty() : node;
  }

  private escaped(): PatternNode {
    const character = this.text[this.position++] ?? "";
    const text = `\\${character}`;
    if (character === "d") return { kind: "characters", has: only(...digits), text: "[0-9]" };
    if (character === "w") return { kind: "characters", has: only(...letters), text: "[0-9A-Za-z_]" };
    if (/[1-9]/.test(character))
      throw new PatternError(`refers back to a group by "${text}"`, "write out what is to be there");
    if (!escapable.test(character))
      throw new PatternError(
        `has "${text}", which is not of the common subset`,
        "use \\d, \\w or a class such as [a-z]",
      );
    // A dash or a slash needs none; nginx would take a backslash before others of no meaning as it is.
    return {
      kind: "characters",
      has: only(character.charCodeAt(0)),
      text: special.test(character) ? text : character,
    };
  }

  /** A class, written anew so that no server finds a meaning of its own in it. */
  private bracketed(): PatternNode {
    const negated = this.take("^");
    const codes = new Set<number>();
    let isFirst = true;
    for (; !this.take("]"); isFirst = false) {
      if (this.isAtEnd) throw new PatternError('has a "[" that is not closed', 'close it, or write it as "\\["');
      for (const code of this.classPart(isFirst)) codes.add(code);
    }
    if (codes.size === 0) throw new PatternError("has a class without characters", 'leave "[]" out');
    const has = negated ? not(codes) : only(...codes);
    return { kind: "characters", has, text: `[${negated ? "^" : ""}${classText(codes)}]` };
  }

  private classPart(isFirst: boolean): number[] {
    const first = this.classCharacter();
    if (typeof first !== "number") return first;
    const isRange = this.ahead("-") && this.text[this.position + 1] !== "]" && this.position + 1 < this.text.length;
    if (!isRange) {
      if (first === "-".charCodeAt(0) && !isFirst && !this.ahead("]"))
        throw new PatternError('has a "-" within a class', 'put it first or last, or write it as "\\-"');
      return [first];
    }
    this.position++;
    const last = this.classCharacter();
    if (typeof last !== "number" || last < first)
      throw new PatternError(
        "has a class with a range that leads nowhere",
        'write it from the smaller on, as in "a-z"',
      );
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  private classCharacter(): number | number[] {
    const character = this.text[this.position++] ?? "";
    if (character === "\\") {
      const escape = this.text[this.position++] ?? "";
      if (escape === "d") return digits;
      if (escape === "w") return letters;
      if (escapable.test(escape)) return escape.charCodeAt(0);
      throw new PatternError(`has "\\${escape}" in a class`, "use \\d, \\w or the characters themselves");
    }
    if (character === "[") throw new PatternError('has a "[" within a class', 'write it as "\\["');
    if (!plain.test(character) && !/[.*+?()$^{}|]/.test(character))
      throw new PatternError(
        `has ${JSON.stringify(character)} in a class, which no path has as it is`,
        "leave it out; paths are held decoded against it",
      );
    return character.charCodeAt(0);
  }

  private repeated(item: PatternNode): PatternNode {
    const count = this.count();
    if (!count) return item;
    if (item.kind === "end") throw new PatternError('repeats "$"', 'write it as "\\$"');
    if (this.ahead("?") || this.ahead("+") || this.ahead("*"))
      throw new PatternError("has one repeat behind another", "leave one out");
    return { kind: "repeat", item, ...count };
  }

  private count(): { from: number; to: number } | undefined {
    if (this.take("*")) return { from: 0, to: Infinity };
    if (this.take("+")) return { from: 1, to: Infinity };
    if (this.take("?")) return { from: 0, to: 1 };
    if (!this.ahead("{")) return undefined;
    const written = /^\{(\d{1,3})(,(\d{1,3})?)?\}/.exec(this.text.slice(this.position));
    if (!written) throw new PatternError('has a "{" that begins no count', 'write {2}, {2,} or {2,4}, or "\\{"');
    this.position += written[0].length;
    const from = Number(written[1]);
    const to = written[2] === undefined ? from : written[3] === undefined ? Infinity : Number(written[3]);
    if (to < from || to === 0) throw new PatternError(`counts ${written[0]}`, "count from the smaller on");
    return { from, to };
  }

  private ahead(character: string): boolean {
    return this.text[this.position] === character;
  }

  private take(character: string): boolean {
    if (!this.ahead(character)) return false;
    this.position++;
    return true;
  }
}

function refuseEmpty(): never {
  throw new PatternError("has an empty group", 'leave "()" out');
}
