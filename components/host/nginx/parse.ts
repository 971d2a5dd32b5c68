import { Directive } from "./tree";

/** A directive as found in a file. */
export interface ParsedDirective extends Directive {
  readonly block?: readonly ParsedDirective[];
  /** Line of its name, from 1. */
  readonly line: number;
}

/** Text that nginx would not read either. */
export class NginxSyntaxError extends Error {
  constructor(
    reason: string,
    /** Line where reading stopped, from 1. */
    readonly line: number,
  ) {
    super(`line ${line}: ${reason}`);
    this.name = "NginxSyntaxError";
  }
}

/**
 * Reads nginx's text into the tree it is rendered from, by the rules of nginx's own reader. Comments on lines of their own
 * go to the directive below them.
 */
export function parse(text: string): ParsedDirective[] {
  return new Reader(text).directives(false);
}

type Token =
  | { readonly kind: "word" | "comment"; readonly value: string; readonly line: number }
  | { readonly kind: ";" | "{" | "}" | "end"; readonly line: number };

/** Characters that nginx takes for themselves after a backslash, and those that stand for a control character. */
const escapes: Readonly<Record<string, string>> = { '"': '"', "'": "'", "\\": "\\", t: "\t", r: "\r", n: "\n" };

class Reader {
  private position = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  directives(inBlock: boolean): ParsedDirective[] {
    const found: ParsedDirective[] = [];
    let comments: string[] = [];
    let endOfLast = 0;
    for (;;) {
      const token = this.next();
      switch (token.kind) {
        case "comment":
          // One behind a directive says nothing about the next.
          if (token.line !== endOfLast) comments.push(token.value);
          break;
        case "word":
          found.push(this.directive(token.value, token.line, comments));
          comments = [];
          endOfLast = this.line;
          break;
        case "}":
          if (!inBlock) throw new NginxSyntaxError('unexpected "}"', token.line);
          return found;
        case "end":
          if (inBlock) throw new NginxSyntaxError('unexpected end of file, expecting "}"', token.line);
          return found;
        default:
          throw new NginxSyntaxError(`unexpected "${token.kind}"`, token.line);
      }
    }
  }

  private directive(name: string, line: number, comments: readonly string[]): ParsedDirective {
    const args: string[] = [];
    const comment = comments.length > 0 ? { comment: comments.join("\n") } : {};
    for (;;) {
      const token = this.next();
      switch (token.kind) {
        case "word":
          args.push(token.value);
          break;
        case "comment":
          break;
        case ";":
          return { name, args, ...comment, line };
        case "{":
          return { name, args, ...comment, line, block: this.directives(true) };
        case "}":
          throw new NginxSyntaxError('unexpected "}", expecting ";"', token.line);
        default:
          throw new NginxSyntaxError('unexpected end of file, expecting ";" or "}"', token.line);
      }
    }
  }

  private next(): Token {
    this.skipSpace();
    const { line } = this;
    const character = this.text[this.position];
    if (character === undefined) return { kind: "end", line };
    if (character === ";" || character === "{" || character === "}") {
      this.position++;
      return { kind: character, line };
    }
    if (character === "#") return { kind: "comment", value: this.comment(), line };
    const value = character === '"' || character === "'" ? this.quoted(character) : this.unquoted();
    return { kind: "word", value: unescape(value), line };
  }

  private skipSpace(): void {
    for (; isSpace(this.text[this.position]); this.position++) {
      if (this.text[this.position] === "\n") this.line++;
    }
  }

  private comment(): string {
    const end = this.text.indexOf("\n", this.position);
    const comment = this.text.slice(this.position + 1, end < 0 ? undefined : end).replace(/\r$/, "");
    this.position = end < 0 ? this.text.length : end;
    return comment.startsWith(" ") ? comment.slice(1) : comment;
  }

  private quoted(mark: string): string {
    const start = ++this.position;
    const startLine = this.line;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === "\n") this.line++;
      if (character === "\\") {
        if (this.text[++this.position] === "\n") this.line++;
      } else if (character === mark) {
        const value = this.text.slice(start, this.position++);
        const after = this.text[this.position];
        if (after !== undefined && !isSpace(after) && !";{)".includes(after)) {
          throw new NginxSyntaxError(`unexpected "${after}" after a closing quote`, this.line);
        }
        return value;
      }
    }
    throw new NginxSyntaxError(`no closing quote (${mark})`, startLine);
  }

  private unquoted(): string {
    const start = this.position;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === "\\") {
        if (this.text[++this.position] === "\n") this.line++;
      } else if (character === "$" && this.text[this.position + 1] === "{") {
        this.position++;
      } else if (isSpace(character) || character === ";" || character === "{") {
        break;
      }
    }
    return this.text.slice(start, this.position);
  }
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\r" || character === "\n";
}

function unescape(value: string): string {
  return value.includes("\\")
    ? value.replace(/\\(["'\\trn])/g, (_, character: string) => escapes[character] ?? "")
    : value;
}
