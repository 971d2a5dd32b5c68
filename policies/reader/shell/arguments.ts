/** Arguments of a program, options taken apart. */
export interface Arguments {
  /** What is no option. */
  readonly operands: readonly (string | null)[];
  /** Whether an option is there, e.g. `-d` or `--now`; a letter also counts among others (`-rp`). */
  readonly has: (...names: string[]) => boolean;
  /** Value of an option; null when it is not there or not known. */
  readonly value: (...names: string[]) => string | null;
}

/**
 * Takes arguments apart by the usual conventions (POSIX's and GNU's).
 *
 * @param valued options that take a value, e.g. `["-C", "--directory"]`
 */
export function parseArguments(words: readonly (string | null)[], valued: readonly string[] = []): Arguments {
  const operands: (string | null)[] = [];
  const values = new Map<string, string | null>();
  let onlyOperands = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? null;
    if (word === null || onlyOperands || !/^-./.test(word)) {
      operands.push(word);
    } else if (word === "--") {
      onlyOperands = true;
    } else if (word.startsWith("--") || valued.includes(word)) {
      const [name = word, given] = word.startsWith("--") ? splitOnce(word, "=") : [word];
      values.set(name, given ?? (valued.includes(name) ? (words[++i] ?? null) : null));
    } else {
      i += shortOptions(word, words[i + 1] ?? null, valued, values);
    }
  }
  return {
    operands,
    has: (...names) => names.some((name) => values.has(name)),
    value: (...names) => names.map((name) => values.get(name)).find((value) => typeof value === "string") ?? null,
  };
}

/** Letters behind one dash; the first that takes a value takes the rest, or the next word. Returns how many words that were. */
function shortOptions(
  word: string,
  next: string | null,
  valued: readonly string[],
  values: Map<string, string | null>,
): number {
  for (let i = 1; i < word.length; i++) {
    const name = `-${word[i] ?? ""}`;
    if (!valued.includes(name)) {
      values.set(name, null);
      continue;
    }
    const rest = word.slice(i + 1);
    values.set(name, rest === "" ? next : rest);
    return rest === "" ? 1 : 0;
  }
  return 0;
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
