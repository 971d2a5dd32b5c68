/** A word of a command: plain text, which arrives as it is, or an expansion. */
export type Word = string | Expansion;

/** What the shell puts in: `"$name"` and the like. Always in double quotes, so that it stays one word. */
export interface Expansion {
  readonly parts: readonly (string | Substitution)[];
}

/** The value of a variable, or what a command prints. */
export type Substitution =
  | { readonly kind: "variable"; readonly name: string; readonly operation: string }
  | { readonly kind: "output"; readonly command: Command };

/** A command and its arguments. */
export interface Command {
  readonly kind: "command";
  readonly words: readonly Word[];
}

/** `name=value`. */
export interface Assignment {
  readonly kind: "assignment";
  readonly name: string;
  readonly value: Word;
}

/** Runs the body as long as the condition succeeds. */
export interface While {
  readonly kind: "while";
  readonly condition: Command;
  readonly body: readonly Statement[];
}

export interface Comment {
  readonly kind: "comment";
  readonly text: string;
}

export type Statement = Command | Assignment | While | Comment;

export function command(...words: Word[]): Command {
  return { kind: "command", words };
}

export function assign(name: string, value: Word): Assignment {
  return { kind: "assignment", name: variableName(name), value };
}

export function repeatWhile(condition: Command, body: readonly Statement[]): While {
  return { kind: "while", condition, body };
}

export function comment(text: string): Comment {
  return { kind: "comment", text };
}

/** The value of a variable; `operation` is one of POSIX's, such as `%%=*`, and not for text of users. */
export function variable(name: string, operation = ""): Substitution {
  return { kind: "variable", name: /^[0-9@*#?]$/.test(name) ? name : variableName(name), operation };
}

/** What a command prints, without newlines at its end. */
export function output(printing: Command): Substitution {
  return { kind: "output", command: printing };
}

/** One word of plain text and substitutions. */
export function expand(...parts: (string | Substitution)[]): Expansion {
  return { parts };
}

function variableName(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new Error(`${JSON.stringify(name)} is not the name of a shell variable`);
  return name;
}
