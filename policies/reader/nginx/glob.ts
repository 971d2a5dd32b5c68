/** One place of a pattern: a character, one of several, any, or any number of any. */
type Step = "any" | "many" | { readonly characters: string; readonly isNegated: boolean };

/**
 * Tells of segments of paths whether they match a pattern of glob(3), as nginx's `include` has it: `*`, `?`, `[...]` and
 * `[!...]`, of which none matches a dot at the beginning. Takes time in proportion to both lengths, whatever they hold.
 */
export function globMatcher(pattern: string): (segment: string) => boolean {
  const steps = stepsOf(pattern);
  const takesDot = pattern.startsWith(".");
  return (segment) => (takesDot || !segment.startsWith(".")) && matches(steps, segment);
}

function matches(steps: readonly Step[], segment: string): boolean {
  let at = 0;
  let position = 0;
  // The last `*`, and how far it reaches: it takes one more character each time the rest does not fit.
  let star: { at: number; position: number } | undefined;
  while (position < segment.length) {
    const step = steps[at];
    if (step === "many") {
      star = { at, position };
      at++;
    } else if (step !== undefined && fits(step, segment[position] ?? "")) {
      at++;
      position++;
    } else if (star) {
      star = { at: star.at, position: star.position + 1 };
      at = star.at + 1;
      position = star.position;
    } else {
      return false;
    }
  }
  return steps.slice(at).every((step) => step === "many");
}

function fits(step: Exclude<Step, "many">, character: string): boolean {
  if (step === "any") return true;
  const { characters, isNegated } = step;
  for (let i = 0; i < characters.length; i++) {
    const isRange = characters[i + 1] === "-" && i + 2 < characters.length;
    const last = isRange ? (characters[i + 2] ?? "") : (characters[i] ?? "");
    if (character >= (characters[i] ?? "") && character <= last) return !isNegated;
    if (isRange) i += 2;
  }
  return isNegated;
}

function stepsOf(pattern: string): Step[] {
  return [...pattern.matchAll(/\\([\s\S])|\[(!|\^)?(\]?[^\]]*)\]|[\s\S]/g)].map(([text, escaped, negation, set]) => {
    if (set !== undefined) return { characters: set, isNegated: negation !== undefined };
    if (text === "*") return "many";
    if (text === "?") return "any";
    return { characters: escaped ?? text, isNegated: false };
  });
}
