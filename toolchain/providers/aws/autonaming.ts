import { createHash } from "node:crypto";

import type { PropertyMap } from "../property/value";
import type { Checking } from "../provider";

/**
 * The input that gets a name when the program gives none, as the official provider does it (`AutoName` in
 * provider/resources.go of pulumi/pulumi-aws): the resource's name, a hyphen and 7 random hexadecimal digits. A preview
 * knows the name, but the next run draws other digits; a resource that exists keeps its name.
 */
export interface Autonaming {
  readonly property: string;
  /** The longest name, in characters. A longer one is an error: the official provider does not cut it either. */
  readonly maxLength: number;
  /** The input that, when given, has AWS make the name from it. @default none */
  readonly prefixProperty?: string;
  /** Whether upper-case letters are lowered. @default false */
  readonly lowercase?: boolean;
  /** Whether random digits follow. @default true */
  readonly random?: boolean;
}

const randomDigits = 7;

/** The inputs with a generated name where they have none, and the name of the property that was filled in. */
export function withName(
  naming: Autonaming,
  inputs: PropertyMap,
  { name, before, seed }: Checking,
): { inputs: PropertyMap; generated?: string } {
  const { property, prefixProperty } = naming;
  if (isGiven(inputs, property) || (prefixProperty !== undefined && isGiven(inputs, prefixProperty))) return { inputs };
  const kept = before && wasGenerated(before, property) ? before[property] : undefined;
  return { inputs: { ...inputs, [property]: kept ?? generatedName(naming, name, seed) }, generated: property };
}

/** The inputs that were filled in, as the official provider notes them in the state. */
export const defaultsKey = "__defaults";

/** Whether an input holds a name that was generated. */
export function wasGenerated(inputs: PropertyMap, property: string): boolean {
  const filledIn = inputs[defaultsKey];
  return Array.isArray(filledIn) && filledIn.includes(property);
}

function isGiven(inputs: PropertyMap, property: string): boolean {
  return (inputs[property] ?? null) !== null;
}

function generatedName({ lowercase = false, random = true }: Autonaming, name: string, seed: Uint8Array): string {
  const first = lowercase ? name.toLowerCase() : name;
  return random ? `${first}-${createHash("sha256").update(seed).digest("hex").slice(0, randomDigits)}` : first;
}
