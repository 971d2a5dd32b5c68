import { Problem } from "../../app/problem";
import { capacityOf } from "./capacity";
import { webAclProblems } from "./check-web-acl";
import { ManagedRules, ManagedRulesArgs, RateLimitArgs, WebAclArgs, WebAclScope } from "./web-acl-args";

/** One rule, in the order in which it is asked. */
export interface PlannedRule {
  /** Of the rule and of its metric. */
  name: string;
  /** Whether it only counts. */
  counts: boolean;
  /** One of AWS's groups, and the rules of it that only count. */
  managed?: { group: ManagedRules; countedRules: string[] };
  /** Requests of one address in so many seconds. */
  rate?: { requests: number; seconds: number };
}

/** All that is known of a web ACL before any resource is made, and what is wrong with its description. */
export interface WebAclPlan {
  scope: WebAclScope;
  /** Undefined for the provider's. */
  region?: string;
  rules: PlannedRule[];
  /** Capacity units, as AWS's pages count them. */
  capacity: number;
  problems: Problem[];
}

/** What most sites want. The cheapest to ask is the first to be asked. */
const usual: readonly ManagedRulesArgs[] = [
  { group: ManagedRules.IpReputation },
  { group: ManagedRules.KnownBadInputs },
  { group: ManagedRules.Common },
];

/** Plans a web ACL, from plain data to plain data. */
export function planWebAcl(name: string, args: WebAclArgs): WebAclPlan {
  const { scope = WebAclScope.CloudFront, managed = usual, rateLimit, counts = false } = args;
  const capacity = capacityOf(
    managed.map(({ group }) => group),
    rateLimit !== undefined,
  );
  return {
    scope,
    ...(scope === WebAclScope.CloudFront && { region: "us-east-1" }),
    // Who asks too much is refused before anything is looked into.
    rules: [...(rateLimit ? [rateRule(rateLimit, counts)] : []), ...managed.map((one) => managedRule(one, counts))],
    capacity,
    problems: webAclProblems(name, args, managed, capacity),
  };
}

function rateRule({ requests, seconds = 300, counts = false }: RateLimitArgs, allCount: boolean): PlannedRule {
  return { name: "rate-limit", counts: allCount || counts, rate: { requests, seconds } };
}

function managedRule({ group, counts = false, countedRules }: ManagedRulesArgs, allCount: boolean): PlannedRule {
  const usually = group === ManagedRules.Common ? ["SizeRestrictions_BODY"] : [];
  return { name: group, counts: allCount || counts, managed: { group, countedRules: countedRules ?? usually } };
}
