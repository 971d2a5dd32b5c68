import { Severity } from "../finding";

const ascending: readonly Severity[] = [Severity.Low, Severity.Medium, Severity.High, Severity.Critical];

/** Above 0 when the first is worse, below 0 when the other is. */
export function compareSeverity(one: Severity, other: Severity): number {
  return ascending.indexOf(one) - ascending.indexOf(other);
}
