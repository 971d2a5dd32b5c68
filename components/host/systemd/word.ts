/** The right side of a setting, as it stands in the unit. Made by the functions below, so that nothing is quoted twice. */
export interface Expression {
  readonly rendered: string;
}

/** Control characters, and halves of characters that UTF-8 cannot carry. */
const unfit = /[\p{Cc}\p{Surrogate}]/u;

/** Words that mean the same with and without quotes, on every kind of line. */
const bare = /^[\w./:@%$+,=-]+$/;

/** What systemd does with a word of a line, beside taking quotes off. */
export const Line = {
  /** Settings such as `Environment=`: specifiers (`%h`) are replaced. */
  Setting: "setting",
  /** Command lines such as `ExecStart=`: variables (`$HOME`) as well. */
  Command: "command",
} as const;
export type Line = (typeof Line)[keyof typeof Line];

/**
 * One word of a setting that has several, quoted where it has to be, so that it arrives as it is. Throws on what a unit
 * cannot carry: control characters (a newline would start another setting) and broken Unicode.
 */
export function word(value: string, line: Line): string {
  refuseUnfit(value);
  const plain = value.replaceAll("%", "%%");
  const escaped = line === Line.Command ? plain.replaceAll("$", () => "$$") : plain;
  return bare.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, "\\$&")}"`;
}

/** Words of a setting such as `Environment=` or `ReadWritePaths=`. */
export function words(...values: string[]): Expression {
  return { rendered: values.map((value) => word(value, Line.Setting)).join(" ") };
}

/** A command line. The program's name cannot start with one of the characters that systemd gives a meaning there. */
export function command(program: string, ...args: string[]): Expression {
  if (program === "" || /^[@:+!|-]/.test(program)) {
    throw new Error(`systemd cannot run a program named ${JSON.stringify(program)}; name it by its path`);
  }
  return { rendered: [program, ...args].map((value) => word(value, Line.Command)).join(" ") };
}

/** A value that systemd takes as a whole, without quotes, such as a description or a path. */
export function text(value: string | number | boolean): Expression {
  if (typeof value === "boolean") return { rendered: value ? "yes" : "no" };
  return raw(String(value).replaceAll("%", "%%"));
}

/** A value in systemd's own words: what it does with specifiers, variables and quotes is meant. */
export function raw(value: string): Expression {
  refuseUnfit(value);
  if (value !== value.trim() || value.endsWith("\\")) {
    throw new Error(
      `a unit cannot carry ${JSON.stringify(value)} at the ends of a line; take spaces and backslashes off them`,
    );
  }
  return { rendered: value };
}

/** Throws where a unit cannot carry a text. The text itself stays out of the error: it may be long. */
function refuseUnfit(value: string): void {
  const bad = unfit.exec(value);
  if (!bad) return;
  const code = bad[0].codePointAt(0) ?? 0;
  const name =
    code === 10
      ? "a newline"
      : code === 0
        ? "NUL"
        : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  throw new Error(`a systemd unit cannot carry ${name} in ${JSON.stringify(value.slice(0, 80))}; take it out`);
}
