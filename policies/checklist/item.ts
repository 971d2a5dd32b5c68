/** One thing that has to be true of a deployment. */
export interface Item {
  /** Kebab-case, e.g. `ports-open`. */
  readonly id: string;
  /** Part of the checklist that it stands in. */
  readonly section: string;
  /** The item as a statement that should be true. */
  readonly title: string;
  /** What to do, and where to look. */
  readonly help: string;
  /** Ids of the rules that decide about it before the deployment. None: no rule can tell yet. */
  readonly rules: readonly string[];
  /** Ids of the probes that decide about it on the live site. None: no probe can tell yet. */
  readonly probes: readonly string[];
  /** Whether only people can decide about it: then it is done when somebody says so, with name and day. */
  readonly attested: boolean;
}
