import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { isWhole } from "../../app/validation/text";
import { cloudWatchAgentProblems } from "../../host/cloudwatch-agent/release";
import { retentionFault } from "../log-retention";
import type { MonitoringArgs, ReportsArgs, SiteMonitoringArgs, SnapshotArgs } from "./watch-args";

/** What of a server, or of many, says how it is watched and copied. */
export interface WatchedServer {
  monitoring?: MonitoringArgs;
  snapshots?: SnapshotArgs;
  reports?: ReportsArgs;
}

/** What is wrong with how a server is watched and copied. */
export function watchProblems({ monitoring, snapshots, reports }: WatchedServer): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  if (monitoring) checkMonitoring(monitoring, report.in("monitoring"));
  if (snapshots) checkSnapshots(snapshots, report.in("snapshots"));
  return [...problems, ...(reports ? reportsProblems(reports) : [])];
}

function checkMonitoring(args: MonitoringArgs, report: Report): void {
  const { email, topicArn } = args.notify;
  if ((email === undefined) === (topicArn === undefined))
    report.in("notify").refuseUnseen("does not say who is told", "give either email or topicArn");
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    report.in("notify", "email").refuse(email, "is no mail address", 'write it like "ops@example.com"');
  if (typeof topicArn === "string" && !/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(topicArn))
    report
      .in("notify", "topicArn")
      .refuse(topicArn, "is no topic of SNS", 'write it like "arn:aws:sns:eu-central-1:111122223333:ops"');
  for (const key of ["cpuPercent", "memoryPercent", "diskPercent", "errorPercent"] as const) {
    const percent = args[key];
    if (percent !== undefined && !(percent > 0 && percent < 100))
      report.in(key).refuse(percent, "would never or always be an alarm", "give a percentage between 0 and 100");
  }
}

/** What is wrong with how a site is watched, beside what is wrong with its alarms. */
export function siteWatchProblems({ logDays, agent }: SiteMonitoringArgs): Problem[] {
  const problems: Problem[] = [];
  const fault = logDays === undefined ? undefined : retentionFault(logDays);
  if (fault) new Report("monitoring", problems).in("logDays").refuse(logDays, fault.reason, fault.fix);
  return [...problems, ...(agent ? cloudWatchAgentProblems(agent, "monitoring.agent") : [])];
}

/** What is wrong with what a machine reports. */
function reportsProblems({ name }: ReportsArgs): Problem[] {
  const problems: Problem[] = [];
  // A namespace has no colon, and at most 255 letters (CloudWatch API Reference, PutMetricData); what else a log group's name
  // cannot have would mean something in a policy.
  if (!/^[\w./#-]{1,255}$/.test(name) || name.startsWith("AWS/"))
    new Report("reports", problems)
      .in("name")
      .refuse(name, "cannot name metrics and logs", 'write it like "/landfall/demo/dev/web"');
  return problems;
}

/** Copies that a schedule can keep (Data Lifecycle Manager API Reference, RetainRule: count). */
const mostCopies = 1000;

function checkSnapshots({ keepDays, hourUtc }: SnapshotArgs, report: Report): void {
  if (keepDays !== undefined && !isWhole(keepDays, 1, mostCopies))
    report.in("keepDays").refuse(keepDays, "is no number of days", `give whole days from 1 to ${mostCopies}`);
  if (hourUtc !== undefined && !isWhole(hourUtc, 0, 23))
    report.in("hourUtc").refuse(hourUtc, "is no hour", "give a whole hour from 0 to 23, by UTC");
}
