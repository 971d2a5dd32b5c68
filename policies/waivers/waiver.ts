import { Place } from "../finding";

/** Somebody's word that a finding may stay, for a while. */
export interface Waiver {
  /** Id of a rule, e.g. `net-no-admin-world`, or the key of one finding, e.g. `net-no-admin-world[tcp/22 0.0.0.0/0]`. */
  readonly finding: string;
  /** URN or name of the resource, or the file, as the finding shows it; `deployment` for a finding about the whole. */
  readonly resource: string;
  /** Why it may stay, in a sentence: at least {@link shortestReason} characters. */
  readonly reason: string;
  /** Who answers for it: a name or an address. */
  readonly owner: string;
  /** The last day that it holds, by UTC, e.g. `2027-03-31`. */
  readonly expires: string;
}

/** A waiver and where it is written. */
export interface PlacedWaiver extends Waiver {
  /** Null where it is not from a file. */
  readonly place: Place | null;
}

/** The name by which a waiver means the deployment as a whole. */
export const wholeDeployment = "deployment";

/** Length of the shortest reason, in characters: "accepted" and "see ticket" are none. */
export const shortestReason = 20;
