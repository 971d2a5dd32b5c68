import type { ReportViolation } from "@pulumi/policy";
import { Severity } from "../finding";

/** What the engine is told about a finding. */
export interface Violation {
  /** Shown as the policy that is violated. */
  readonly name: string;
  readonly message: string;
  /** The resource; left out for the stack as a whole. */
  readonly urn?: string;
  readonly severity?: Severity;
  /** Left out: the level of the policy, by the pack's configuration. */
  readonly enforcementLevel?: "advisory";
}

/**
 * Reports a violation with a name, a severity and a level of its own. The SDK takes such an object beside the documented
 * message and URN (`ReportViolationArgs` in @pulumi/policy 1.21, marked internal): this function is the one place that
 * relies on it.
 */
export function reportViolation(report: ReportViolation, violation: Violation): void {
  (report as unknown as (violation: Violation) => void)(violation);
}
