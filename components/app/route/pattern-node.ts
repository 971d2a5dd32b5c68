import { Characters } from "./pattern-characters";

/**
 * The expressions that `Route.pattern` takes: what PCRE, and with it nginx, httpd and HAProxy, read alike. Letters that a path
 * carries stand for themselves; beside them there are `.`, classes in brackets, `\d`, `\w`, groups, choices by `|`, the repeats
 * `*`, `+`, `?`, `{2}`, `{2,}` and `{2,4}`, and `$` at the end.
 */
export type PatternNode =
  | { readonly kind: "characters"; readonly has: Characters; readonly text: string }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly ways: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly item: PatternNode; readonly from: number; readonly to: number }
  | { readonly kind: "end" };

/** Whether all that an expression matches begins with a slash. */
export function beginsWithSlash(node: PatternNode): boolean {
  switch (node.kind) {
    case "characters":
      return node.has.codes.size === 1 && !node.has.others && node.has.codes.has("/".charCodeAt(0));
    case "sequence":
      return node.items[0] !== undefined && beginsWithSlash(node.items[0]);
    case "choice":
      return node.ways.every(beginsWithSlash);
    case "repeat":
      return node.from > 0 && beginsWithSlash(node.item);
    case "end":
      return false;
  }
}
