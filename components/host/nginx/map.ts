import { Expression, verbatim } from "./expression";
import { Argument, block, Directive, directive } from "./tree";

/** One line of a map: a text that is compared without regard to case, or a pattern, and what it gives. */
export type MapEntry = readonly [key: string | Expression, value: Argument];

/** A variable whose value depends on another. `default` is what any other source gives, empty when left out. */
export function map(
  source: Expression,
  target: string,
  entries: readonly MapEntry[],
  otherwise: Argument = "",
): Directive {
  return block(
    "map",
    [source, verbatim(`$${target}`)],
    [
      ...entries.map(([key, value]) => directive(typeof key === "string" ? key : key.token, value)),
      directive("default", otherwise),
    ],
  );
}
