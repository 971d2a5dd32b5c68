import { Directive } from "./tree";

/**
 * nginx inherits a list of `add_header` only where a block has none of its own; one header in a location silently drops
 * those of the server. This writes the outer ones into every block that has its own.
 */
export function repeatHeaders(node: Directive, outer: readonly Directive[] = []): Directive {
  if (!node.block) return node;
  const own = node.block.filter(isHeader);
  const repeated = own.length > 0 ? outer.filter((header) => !own.some((mine) => sameHeader(mine, header))) : [];
  const all = own.length > 0 ? [...repeated, ...own] : outer;
  const inner = node.block.map((child) => repeatHeaders(child, all));
  if (repeated.length === 0 && inner.every((child, i) => child === node.block?.[i])) return node;
  return Object.freeze({ ...node, block: Object.freeze([...repeated, ...inner]) });
}

/**
 * nginx asks the conditions of a location (`if`) only for requests that end up in it, not for those that end up in a location
 * inside of it. This writes the outer ones into every inner location, before its own.
 */
export function repeatConditions(node: Directive, outer: readonly Directive[] = []): Directive {
  if (!node.block) return node;
  const isLocation = node.name === "location";
  const inherited = isLocation ? outer : [];
  const conditions = isLocation ? [...inherited, ...node.block.filter((child) => child.name === "if")] : [];
  const inner = node.block.map((child) => repeatConditions(child, conditions));
  if (inherited.length === 0 && inner.every((child, i) => child === node.block?.[i])) return node;
  return Object.freeze({ ...node, block: Object.freeze([...inherited, ...inner]) });
}

function isHeader(node: Directive): boolean {
  return node.name === "add_header";
}

function sameHeader(a: Directive, b: Directive): boolean {
  return a.args[0]?.toLowerCase() === b.args[0]?.toLowerCase();
}
