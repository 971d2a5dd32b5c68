import { Freshness } from "../route/freshness";
import { Report } from "./report";
import { checkWhole } from "./text";

/** A year: caches take more for a mistake (RFC 9111 sets no limit; RFC 2616 said no more than one year). */
const longest = 31_536_000;

/** Checks for how long answers may be used. */
export function checkFreshness(freshness: Freshness, report: Report): void {
  for (const key of ["seconds", "pageSeconds", "sharedSeconds", "staleSeconds"] as const) {
    const value = freshness[key];
    if (value !== undefined) checkWhole(value, 0, longest, "seconds", report.in(key));
  }
  if (freshness.private && freshness.sharedSeconds !== undefined)
    report
      .in("sharedSeconds")
      .refuse(freshness.sharedSeconds, "is for caches that all share, and private forbids them", "leave one out");
  if (freshness.seconds !== 0) return;
  for (const key of ["immutable", "staleSeconds"] as const)
    if (freshness[key])
      report.in(key).refuse(freshness[key], "has no effect on what is asked for each time", "give seconds above 0");
}
