import { inspect } from "node:util";

/** Stands for a value that is known only after the deployment. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A property of a resource: plain JSON, with a mark where a value is not known yet and a cover over each secret. */
export type Value =
  null | boolean | number | string | Unknown | Secret | readonly Value[] | { readonly [key: string]: Value };

/** Covers a secret, so that nothing that is printed, logged or serialised shows it. */
export class Secret {
  readonly #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value itself, for rules that look into it. Must never reach a message. */
  reveal(): Value {
    return this.#value;
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}
