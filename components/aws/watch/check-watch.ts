import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { isWhole } from "../../app/validation/text";
import type { MonitoringArgs, SnapshotArgs } from "./watch-args";

/** What of a server says how it is watched and copied. */
export interface WatchedServer {
  monitoring?: MonitoringArgs;
  snapshots?: SnapshotArgs;
}

/** What is wrong with how a server is watched and copied. */
export function watchProblems({ monitoring, snapshots }: WatchedServer): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  if (monitoring) checkMonitoring(monitoring, report.in("monitoring"));
  if (snapshots) checkSnapshots(snapshots, report.in("snapshots"));
  return problems;
}

function checkMonitoring({ notify, cpuPercent }: MonitoringArgs, report: Report): void {
  const { email, topicArn } = notify;
  if ((email === undefined) === (topicArn === undefined))
    report.in("notify").refuseUnseen("does not say who is told", "give either email or topicArn");
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    report.in("notify", "email").refuse(email, "is no mail address", 'write it like "ops@example.com"');
  if (typeof topicArn === "string" && !/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(topicArn))
    report
      .in("notify", "topicArn")
      .refuse(topicArn, "is no topic of SNS", 'write it like "arn:aws:sns:eu-central-1:111122223333:ops"');
  if (cpuPercent !== undefined && !(cpuPercent > 0 && cpuPercent < 100))
    report
      .in("cpuPercent")
      .refuse(cpuPercent, "would never or always be an alarm", "give a percentage between 0 and 100");
}

/** Copies that a schedule can keep (Data Lifecycle Manager API Reference, RetainRule: count). */
const mostCopies = 1000;

function checkSnapshots({ keepDays, hourUtc }: SnapshotArgs, report: Report): void {
  if (keepDays !== undefined && !isWhole(keepDays, 1, mostCopies))
    report.in("keepDays").refuse(keepDays, "is no number of days", `give whole days from 1 to ${mostCopies}`);
  if (hourUtc !== undefined && !isWhole(hourUtc, 0, 23))
    report.in("hourUtc").refuse(hourUtc, "is no hour", "give a whole hour from 0 to 23, by UTC");
}
