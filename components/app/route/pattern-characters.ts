/** Which ASCII characters one place of an expression takes, by their codes; all others are taken where `others` is set. */
export interface Characters {
  readonly codes: ReadonlySet<number>;
  readonly others: boolean;
}

const range = (first: string, last: string): number[] =>
  Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, i) => first.charCodeAt(0) + i);

/** The codes of `\d`. */
export const digits = range("0", "9");

/** The codes of `\w`. */
export const letters = [...digits, ...range("A", "Z"), ...range("a", "z"), "_".charCodeAt(0)];

const ascii = Array.from({ length: 128 }, (_, code) => code);

/** What `.` takes. */
export const any: Characters = { codes: new Set(ascii), others: true };

/** These and no others. */
export const only = (...codes: number[]): Characters => ({ codes: new Set(codes), others: false });

/** All but these. */
export const not = (codes: ReadonlySet<number>): Characters => ({
  codes: new Set(ascii.filter((code) => !codes.has(code))),
  others: true,
});

/** How a class is written, without its brackets: characters in the order of their codes, as ranges where three or more are in a row. */
export function classText(codes: ReadonlySet<number>): string {
  const sorted = [...codes].sort((a, b) => a - b);
  let text = "";
  for (let i = 0; i < sorted.length;) {
    let last = i;
    while (sorted[last + 1] === sorted[last]! + 1) last++;
    text += last - i >= 2 ? `${classLetter(sorted[i]!)}-${classLetter(sorted[last]!)}` : classLetter(sorted[i]!);
    i = last - i >= 2 ? last + 1 : i + 1;
  }
  return text;
}

function classLetter(code: number): string {
  const letter = String.fromCharCode(code);
  return /[\^\\\-[\]]/.test(letter) ? `\\${letter}` : letter;
}
