import { Problem } from "../../app/problem";
import { literalDomains } from "../../app/route/domains";
import { CdnArgs, ErrorPageArgs } from "./cdn-args";
import { cdnProblems, errorStatuses, quotas } from "./check-cdn";
import { PlannedBehaviour, planBehaviours } from "./plan-behaviours";

/** How long an error is remembered, and what is shown in its place. */
export interface PlannedError {
  status: number;
  cachedSeconds: number;
  /** Undefined for what nginx or the app says. */
  path?: string;
}

/** All that is known of a distribution before any resource is made, and what is wrong with its description. */
export interface CdnPlan {
  /** Sorted, so that the order of apps changes nothing. */
  domains: string[];
  /** Those for some paths, in the order in which they are tried. */
  behaviours: PlannedBehaviour[];
  /** Whether answers are kept for all other paths. */
  isKept: boolean;
  errors: PlannedError[];
  problems: Problem[];
}

/** Plans a distribution, from plain data to plain data. */
export function planCdn(name: string, args: CdnArgs): CdnPlan {
  const domains = args.domains ?? literalDomains(args.apps);
  const found = cdnProblems(name, args, domains);
  const { behaviours, problems } = planBehaviours(args.apps, domains);
  const count = behaviours.length + (args.origin.challenges ? 1 : 0);
  return {
    domains: [...domains].sort(),
    behaviours: behaviours.slice(0, -1),
    isKept: behaviours.at(-1)?.isKept ?? false,
    errors: errorStatuses.map((status) => planError(status, args.errorPages ?? [])),
    problems: [...found, ...problems, ...(count > quotas.behaviours ? [tooMany(count)] : [])],
  };
}

/**
 * CloudFront remembers errors for 10 seconds if it is not told otherwise, for everybody who asks for the path: whoever they
 * are, and whatever domain they ask. A stranger who asks for a path under a name that nginx refuses would break it for all.
 */
function planError(status: number, pages: readonly ErrorPageArgs[]): PlannedError {
  const page = pages.find((one) => one.status === status);
  return { status, cachedSeconds: page?.cachedSeconds ?? 0, ...(page && { path: page.path }) };
}

function tooMany(count: number): Problem {
  return {
    path: "apps",
    reason: `needs ${count} cache behaviors, and a distribution has at most ${quotas.behaviours}`,
    fix: "put another Cdn before some of the domains",
  };
}
