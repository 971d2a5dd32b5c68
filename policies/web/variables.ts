import { NginxView, PlacedDirective } from "../reader/nginx/nginx-view";

/** Lines in the block of a `map` that are no values. */
const mapParameters = new Set(["hostnames", "volatile", "include"]);

/**
 * All values that a variable of nginx can have, when `set` and `map` give it nothing but constants; null when it depends
 * on a request, or on what is not known.
 */
export function constantValues({ directives }: NginxView, variable: string): string[] | null {
  const values = all(directives).flatMap((directive) => assigned(directive, variable));
  return values.length === 0 || values.some((value) => value.includes("$")) ? null : values;
}

function assigned({ name, args, block }: PlacedDirective, variable: string): string[] {
  if (name === "set" && args[0] === `$${variable}`) return [args[1] ?? ""];
  if (name !== "map" || args[1] !== `$${variable}`) return [];
  return (block ?? []).filter((line) => !mapParameters.has(line.name)).map((line) => line.args[0] ?? "");
}

function all(directives: readonly PlacedDirective[]): PlacedDirective[] {
  return directives.flatMap((directive) => [directive, ...all(directive.block ?? [])]);
}
