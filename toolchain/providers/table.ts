import type { PropertyValue } from "./property/value";

/** What a property holds. */
export type PropertyType =
  | "string"
  | "boolean"
  | "integer"
  | "number"
  | "asset"
  | "archive"
  | "assetOrArchive"
  | "any"
  | { readonly list: PropertyType }
  | { readonly map: PropertyType }
  | { readonly choices: readonly string[] }
  | { readonly object: PropertyTable };

/** One property of a resource, of a function or of an object inside of them. */
export interface Property {
  readonly type: PropertyType;
  /** Whether it has to be given; of an output, whether it always has a value. @default false */
  readonly required?: boolean;
  /** Whether the engine has to encrypt it in the state. @default false */
  readonly secret?: boolean;
  /** The value when none is given. @default none */
  readonly default?: PropertyValue;
  /** Whether a change to this input means a new resource instead of an update. @default false */
  readonly replaces?: boolean;
}

/** Properties by name. */
export type PropertyTable = Readonly<Record<string, Property>>;

/** The properties of a resource: what decides about checks, differences, replacement and secret marks. */
export interface ResourceTable {
  readonly inputs: PropertyTable;
  /** The outputs that are no inputs. Every input is an output too. */
  readonly outputs: Readonly<Record<string, Output>>;
  /** Whether inputs are taken that are not listed, as they are. @default false */
  readonly open?: boolean;
  /** The inputs that have a value among the outputs also when they were not given. @default none but required inputs */
  readonly filledIn?: readonly string[];
}

/** An output that is no input. */
export interface Output extends Property {
  /** Whether an update in place leaves it as it is, so that a preview knows it. @default false */
  readonly keptOnUpdate?: boolean;
}

/** The properties of a function: arguments, and results that are no arguments. */
export interface FunctionTable {
  readonly inputs: PropertyTable;
  readonly outputs: PropertyTable;
  /** Whether arguments are taken that are not listed, as they are. @default false */
  readonly open?: boolean;
}
