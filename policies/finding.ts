/** What a rule says about one thing. */
export const Status = {
  Pass: "pass",
  Fail: "fail",
  /** It depends on what is not known yet, or cannot be read; the message says on what. */
  Unknown: "unknown",
  /** There is nothing that the rule is about. */
  NotApplicable: "not-applicable",
  /** It fails, and somebody answers for it. */
  Waived: "waived",
} as const;
export type Status = (typeof Status)[keyof typeof Status];

/** How bad it is when a rule fails. */
export const Severity = { Critical: "critical", High: "high", Medium: "medium", Low: "low" } as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** What a failing rule does to a deployment. */
export const Level = {
  /** Stops it. */
  Mandatory: "mandatory",
  /** Warns. */
  Advisory: "advisory",
  /** Is put right where the resource is registered; stops the deployment where it could not be. */
  Remediate: "remediate",
  /** Is not evaluated. */
  Disabled: "disabled",
} as const;
export type Level = (typeof Level)[keyof typeof Level];

/** A line of a file: one of the host's, or one of the computer's that was checked. */
export interface Place {
  readonly file: string;
  /** From 1; null where lines tell nothing. */
  readonly line: number | null;
}

/** What a rule found out about one thing. */
export interface Finding {
  /** Id of the rule, e.g. `net-ingress-declared-only`. */
  readonly rule: string;
  /** Id of the checklist's item that it is about. */
  readonly item: string;
  /** Names the finding within its resource and stays the same between runs, e.g. `net-ingress-declared-only[tcp/8080 0.0.0.0/0]`. */
  readonly key: string;
  readonly status: Status;
  readonly severity: Severity;
  /** What failing does, after the settings. Findings of disabled rules do not exist. */
  readonly level: Level;
  /** URN of the resource, or the file that was checked; null when it is about the whole deployment. */
  readonly resource: string | null;
  /** Where inside the host's files it is; null when it is about the resource as a whole. */
  readonly place: Place | null;
  /** What is the case. Never holds a secret. */
  readonly message: string;
  /** What to do about it; empty for what passes. */
  readonly fix: string;
}
