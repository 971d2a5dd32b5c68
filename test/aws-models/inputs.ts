import type { RecordedResource } from "./recorded-state";

/** The inputs of a recorded resource, taken one by one, so that none can be forgotten. */
export class Inputs {
  private readonly left: Map<string, unknown>;

  constructor(private readonly resource: RecordedResource) {
    const given = Object.entries(resource.inputs).filter(([name]) => !name.startsWith("__"));
    this.left = new Map(given);
  }

  /** An input's value; undefined where it was not given. */
  take<Value = unknown>(name: string): Value | undefined {
    const value = this.left.get(name) as Value | undefined;
    this.left.delete(name);
    return value;
  }

  /** Passes over inputs that no call carries: the provider alone acts on them. */
  leave(...names: readonly string[]): void {
    for (const name of names) this.left.delete(name);
  }

  /** @throws when an input was neither taken nor left: its translation is missing */
  done(): void {
    const names = [...this.left.keys()];
    if (names.length > 0) {
      throw new Error(
        `${this.resource.type} has inputs that nobody translates into a call of AWS: ${names.join(", ")}`,
      );
    }
  }
}

/** The object without the members that are undefined; undefined where none is left. */
export function given<Members extends Record<string, unknown>>(members: Members): Partial<Members> | undefined {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return present.length === 0 ? undefined : (Object.fromEntries(present) as Partial<Members>);
}

/** Tags as most services take them. */
export function tagList(
  tags: Readonly<Record<string, string>> | undefined,
): { Key: string; Value: string }[] | undefined {
  const list = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return list.length > 0 ? list : undefined;
}
