/** A property of an interface, or an output of a component. */
export interface Property {
  name: string;
  /** As it is written in TypeScript. */
  type: string;
  optional: boolean;
  text: string;
  /** What holds when it is left out, in words. */
  defaultText?: string;
  /** A value, as TypeScript. */
  example?: string;
}

/** What kind of thing is described. */
export const EntryKind = {
  Component: "component",
  Function: "function",
  Interface: "interface",
  Choice: "choice",
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

/** Something that the library exports. */
export interface Entry {
  kind: EntryKind;
  name: string;
  text: string;
  /** How it is used, as TypeScript. */
  example?: string;
  /** Properties of an interface, outputs of a component, values of a choice. */
  properties: Property[];
  /** Interface of the arguments, of a component or a function with one. */
  argsType?: string;
  /** First line of its declaration, of a function. */
  signature?: string;
}
