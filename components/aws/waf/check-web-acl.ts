import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { checkRange } from "../../app/validation/text";
import { retentionFault } from "../log-retention";
import { ManagedRules, ManagedRulesArgs, RateLimitArgs, WebAclArgs, WebAclScope } from "./web-acl-args";

/** What AWS charges nothing more for, and what a web ACL can have at most (AWS WAF, "Web ACL capacity units"). */
const capacities = { included: 1500, most: 5000 } as const;

const rates = { requests: [10, 2_000_000_000], seconds: [60, 120, 300, 600] } as const;

/** What is wrong with a web ACL. */
export function webAclProblems(
  name: string,
  args: WebAclArgs,
  managed: readonly ManagedRulesArgs[],
  capacity: number,
): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  // The name of a web ACL and its metric has up to 128 such letters (AWS WAF API, CreateWebACL), 8 of them drawn.
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    report.in("name").refuse(name, "cannot name a web ACL", "use 1 to 64 letters, digits, hyphens and underscores");
  checkChoice(args.scope, Object.values(WebAclScope), report.in("scope"));
  managed.forEach((one, index) => checkManaged(one, managed, report.in("managed", index)));
  if (managed.length === 0 && !args.rateLimit)
    report.in("managed").refuse(managed, "is empty", "name a group, give rateLimit, or leave the WebAcl out");
  if (args.rateLimit) checkRate(args.rateLimit, report.in("rateLimit"));
  checkLogs(args, report.in("logs", "retentionDays"));
  checkCapacity(args, capacity, report.in("capacityLimit"));
  return problems;
}

function checkChoice(value: string | undefined, choices: readonly string[], report: Report): void {
  if (value !== undefined && !choices.includes(value))
    report.refuse(value, "is not one of the choices", `use ${choices.join(", ")}`);
}

function checkManaged(
  { group, countedRules = [] }: ManagedRulesArgs,
  all: readonly ManagedRulesArgs[],
  report: Report,
): void {
  checkChoice(group, Object.values(ManagedRules), report.in("group"));
  if (all.filter((one) => one.group === group).length > 1)
    report.in("group").refuse(group, "is there twice", "leave one of them out");
  countedRules.forEach((rule, index) => {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(rule))
      report.in("countedRules", index).refuse(rule, "is no name of a rule", "write it as AWS's list does");
  });
}

function checkRate({ requests, seconds }: RateLimitArgs, report: Report): void {
  checkRange(requests, rates.requests, report.in("requests"));
  const choices: readonly number[] = rates.seconds;
  if (seconds !== undefined && !choices.includes(seconds))
    report.in("seconds").refuse(seconds, "is not one of the choices", `use ${choices.join(", ")}`);
}

function checkLogs({ logs }: WebAclArgs, report: Report): void {
  const fault = logs?.retentionDays === undefined ? undefined : retentionFault(logs.retentionDays);
  if (fault) report.refuse(logs?.retentionDays, fault.reason, fault.fix);
}

function checkCapacity({ capacityLimit = capacities.included }: WebAclArgs, capacity: number, report: Report): void {
  checkRange(capacityLimit, [1, capacities.most], report);
  if (capacity > capacityLimit)
    report.refuseUnseen(
      `is ${capacityLimit} units, and the rules take ${capacity}`,
      `leave a group out, or set it to ${capacity}: AWS charges more for what is above ${capacities.included}`,
    );
}
