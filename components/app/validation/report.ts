import { at, Problem } from "../problem";

/** Collects the problems of what lies below one property path. */
export class Report {
  constructor(
    readonly path: string,
    private readonly problems: Problem[],
  ) {}

  /** A report about a property, or about an element of a list. */
  in(...keys: (string | number)[]): Report {
    return new Report(keys.reduce<string>(at, this.path), this.problems);
  }

  /** Says that the value at this path cannot be. */
  refuse(value: unknown, reason: string, fix: string): void {
    this.problems.push({ path: this.path, value, reason, fix });
  }

  /** The same for a value that must not be shown, or that says nothing. */
  refuseUnseen(reason: string, fix: string): void {
    this.problems.push({ path: this.path, reason, fix });
  }
}
