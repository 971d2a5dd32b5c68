/** How an apply stands. */
export const ApplyState = {
  Applying: "applying",
  /** The plan is in force and every app healthy. */
  Applied: "applied",
  /** Nothing was switched, or there was nothing to go back to, or an app is ill that was ill before. */
  Failed: "failed",
  /** An app did not become healthy, so the host went back to the plan it had before. */
  Reverted: "reverted",
} as const;
export type ApplyState = (typeof ApplyState)[keyof typeof ApplyState];

/** The file on the host that tells how the last apply went. */
export const statusFile = "/var/lib/landfall/status.json";

/** The log of all applies. */
export const applyLogFile = "/var/log/landfall/apply.log";

/** What is wrong with one app. */
export interface ApplyProblem {
  /** Null when it belongs to no app. */
  app: string | null;
  message: string;
  /** The last journal lines of the app's unit. */
  log: string[];
}

/** An app as the last apply left it. */
export interface AppliedApp {
  name: string;
  /** Digest of the release that runs. */
  release: string;
  /** Key of its Python environment. */
  environment: string | null;
  healthy: boolean;
}

/** A certificate that the host gets by itself, as the last apply left it. */
export interface AppliedCertificate {
  domain: string;
  /** Whether the authority has issued it. Until then nginx has a placeholder, which no browser trusts. */
  issued: boolean;
  /** When it ends, e.g. `2027-02-19T13:00:00Z`. */
  notAfter: string | null;
  /** Why it has not been issued, or not been renewed. The host asks again by itself. */
  problem: string | null;
}

/** Content of `statusFile`. */
export interface ApplyStatus {
  format: 1;
  /** SHA-256 of the plan that was to be applied; null when it could not be had. */
  plan: string | null;
  /** SHA-256 of the plan in force. */
  applied: string | null;
  state: ApplyState;
  /** While applying, the step that is under way. */
  message: string;
  problems: ApplyProblem[];
  apps: AppliedApp[];
  /** The certificates that the host gets by itself. Only the runs that ended by applying a plan tell of them. */
  certificates?: AppliedCertificate[];
  startedAt: string;
  finishedAt: string | null;
}
