import { joined, Redirect, Statement, Word, WordPart } from "./statement";

const operators = ["&&", "||", "|&", ";;", "&>>", "&>", "|", "&", ";", "(", ")"] as const;
const redirections = ["<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">"] as const;

/** Words that stand before a command without being one. */
const reserved = new Set([
  "if",
  "then",
  "else",
  "elif",
  "do",
  "while",
  "until",
  "!",
  "{",
  "}",
  "time",
  "fi",
  "done",
  "esac",
]);

/**
 * The simple commands of a shell script, in the order of the text. Conditions and loops are not followed: what they guard
 * counts as run. Never fails; what has no end ends with the text.
 */
export function statementsOf(text: string): Statement[] {
  return new Lexer(text).statements();
}

interface OpenHeredoc {
  readonly redirect: { body: Word | null };
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripsTabs: boolean;
}

class Lexer {
  private position = 0;
  private line = 1;
  private readonly found: Statement[] = [];
  private words: Word[] = [];
  private redirects: Redirect[] = [];
  private commandLine = 1;
  private piped = false;
  private heredocs: OpenHeredoc[] = [];

  constructor(private readonly text: string) {}

  statements(): Statement[] {
    while (this.position < this.text.length) this.step();
    this.endCommand(false);
    return this.found;
  }

  private step(): void {
    const character = this.text[this.position];
    if (character === "\n") {
      this.endCommand(false);
      this.position++;
      this.line++;
      this.readHeredocs();
    } else if (character === " " || character === "\t" || character === "\r") {
      this.position++;
    } else if (this.text.startsWith("\\\n", this.position)) {
      this.position += 2;
      this.line++;
    } else if (character === "#") {
      const end = this.text.indexOf("\n", this.position);
      this.position = end < 0 ? this.text.length : end;
    } else if (!this.readRedirect() && !this.readOperator()) {
      const { line } = this;
      const word = this.readWord();
      const isFirst = this.words.length === 0;
      if (isFirst && word.length === 1 && typeof word[0] === "string" && reserved.has(word[0])) return;
      if (isFirst) this.commandLine = line;
      this.words.push(word);
    }
  }

  private endCommand(pipes: boolean): void {
    if (this.words.length > 0 || this.redirects.length > 0) {
      const { words, redirects, piped } = this;
      this.found.push({ kind: "command", words, redirects, piped, line: this.commandLine });
    }
    this.words = [];
    this.redirects = [];
    this.piped = pipes;
    this.commandLine = this.line;
  }

  private readOperator(): boolean {
    const operator = operators.find((one) => this.text.startsWith(one, this.position));
    if (operator === undefined) return false;
    this.position += operator.length;
    if (operator === "&>" || operator === "&>>") {
      this.addRedirect(operator);
      return true;
    }
    this.endCommand(operator === "|" || operator === "|&");
    if (operator === "(" || operator === ")") this.found.push({ kind: operator });
    return true;
  }

  private readRedirect(): boolean {
    const digits = /^\d*(?=[<>])/.exec(this.text.slice(this.position, this.position + 12))?.[0];
    if (digits === undefined) return false;
    const start = this.position + digits.length;
    const operator = redirections.find((one) => this.text.startsWith(one, start));
    // A process substitution is part of a word.
    if (operator === undefined || (operator.length === 1 && this.text[start + 1] === "(")) return false;
    this.position = start + operator.length;
    this.addRedirect(digits === "" || digits === "1" || operator.startsWith("<") ? operator : `${digits}${operator}`);
    return true;
  }

  private addRedirect(operator: string): void {
    while (this.text[this.position] === " " || this.text[this.position] === "\t") this.position++;
    const start = this.position;
    const target = this.readWord();
    const redirect = { operator, target, body: null };
    if (this.words.length === 0 && this.redirects.length === 0) this.commandLine = this.line;
    this.redirects.push(redirect);
    if (operator !== "<<" && operator !== "<<-") return;
    const raw = this.text.slice(start, this.position);
    this.heredocs.push({
      redirect,
      delimiter: target.map((part) => (typeof part === "string" ? part : "")).join(""),
      literal: /["'\\]/.test(raw),
      stripsTabs: operator === "<<-",
    });
  }

  /** The texts whose delimiters stood in the line that has just ended. */
  private readHeredocs(): void {
    for (const { redirect, delimiter, literal, stripsTabs } of this.heredocs) {
      const lines: string[] = [];
      while (this.position < this.text.length) {
        const end = this.text.indexOf("\n", this.position);
        const whole = this.text.slice(this.position, end < 0 ? undefined : end).replace(/\r$/, "");
        this.position = end < 0 ? this.text.length : end + 1;
        this.line++;
        const line = stripsTabs ? whole.replace(/^\t+/, "") : whole;
        if (line === delimiter) break;
        lines.push(`${line}\n`);
      }
      const body = lines.join("");
      redirect.body = literal ? [body] : new Lexer(body).quotedParts(undefined);
    }
    this.heredocs = [];
  }

  private readWord(): Word {
    const parts: WordPart[] = [];
    const start = this.position;
    for (;;) {
      const character = this.text[this.position];
      if (character === undefined || /[\s;&|()<>]/.test(character)) break;
      if (character === "'") parts.push(this.until("'"));
      else if (character === '"') {
        this.position++;
        parts.push(...this.quotedParts('"'));
      } else if (character === "\\") parts.push(this.escaped());
      else if (character === "$" || character === "`") parts.push(this.expansion(false));
      else parts.push(this.plain());
    }
    // A character that begins no word (such as `<(`) must not be met again.
    if (this.position === start) {
      this.position++;
      return [null];
    }
    return joined(parts);
  }

  private plain(): string {
    const match = /[^\s;&|()<>'"\\$`]+/y;
    match.lastIndex = this.position;
    const text = match.exec(this.text)?.[0] ?? "";
    this.position += text.length;
    return text;
  }

  private escaped(): string {
    const next = this.text[this.position + 1] ?? "";
    this.position += 2;
    if (next === "\n") this.line++;
    // The last character of a script stands for itself.
    return next === "\n" ? "" : next || "\\";
  }

  /** Text in single quotes. */
  private until(mark: string): string {
    const start = this.position + 1;
    const end = this.text.indexOf(mark, start);
    const text = this.text.slice(start, end < 0 ? undefined : end);
    this.position = end < 0 ? this.text.length : end + 1;
    this.line += text.split("\n").length - 1;
    return text;
  }

  /** Text up to a double quote, or (of a here-document) to the end: backslashes and dollar signs keep their meaning. */
  private quotedParts(end: string | undefined): WordPart[] {
    const parts: WordPart[] = [""];
    let plainFrom = this.position;
    const flush = (): void => {
      if (this.position > plainFrom) parts.push(this.text.slice(plainFrom, this.position));
    };
    while (this.position < this.text.length) {
      const character = this.text[this.position];
      if (character === end) {
        flush();
        this.position++;
        return joined(parts);
      }
      if (character === "\\" && '$`"\\\n'.includes(this.text[this.position + 1] ?? " ")) {
        flush();
        const kept = end === undefined && this.text[this.position + 1] === '"' ? "\\" : "";
        parts.push(kept + this.escaped());
        plainFrom = this.position;
      } else if (character === "$" || character === "`") {
        flush();
        parts.push(this.expansion(true));
        plainFrom = this.position;
      } else {
        if (character === "\n") this.line++;
        this.position++;
      }
    }
    flush();
    return joined(parts);
  }

  /** What a dollar sign or a backtick begins. */
  private expansion(quoted: boolean): WordPart {
    const rest = this.text.slice(this.position, this.position + 400);
    const simple = /^\$([A-Za-z_]\w*)/.exec(rest) ?? /^\$\{([A-Za-z_]\w*)\}/.exec(rest);
    const withFallback = /^\$\{([A-Za-z_]\w*):?-([^${}`"'\\\n]*)\}/.exec(rest);
    const match = simple ?? withFallback;
    if (match?.[1] !== undefined) {
      this.position += match[0].length;
      return { variable: match[1], fallback: match[2] ?? null, quoted };
    }
    if (/^\$\{/.test(rest)) return this.skip("{", "}", 2);
    if (/^\$\(/.test(rest)) return this.skip("(", ")", 2);
    if (rest.startsWith("`")) {
      this.until("`");
      return null;
    }
    if (/^\$[\d@*#?$!-]/.test(rest)) {
      this.position += 2;
      return null;
    }
    if (!quoted && rest.startsWith("$'")) {
      this.position++;
      const text = this.until("'");
      return text.includes("\\") ? null : text;
    }
    this.position++;
    return "$";
  }

  /** Passes over brackets that may hold quotes, and others of their kind. */
  private skip(open: string, close: string, beginning: number): null {
    this.position += beginning;
    for (let depth = 1; depth > 0 && this.position < this.text.length;) {
      const character = this.text[this.position];
      if (character === "'") {
        this.until("'");
        continue;
      }
      if (character === "\\" && this.position + 1 < this.text.length) this.position++;
      else if (character === '"') this.skipDoubleQuoted();
      else if (character === open) depth++;
      else if (character === close) depth--;
      if (this.text[this.position] === "\n") this.line++;
      this.position++;
    }
    return null;
  }

  /** Stops at the closing quote. */
  private skipDoubleQuoted(): void {
    for (this.position++; this.position < this.text.length; this.position++) {
      const character = this.text[this.position];
      if (character === '"') return;
      if (character === "\\") this.position++;
      if (this.text[this.position] === "\n") this.line++;
    }
  }
}
