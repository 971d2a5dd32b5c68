import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { makeAlarms, makeErrorAlarm } from "./make-alarms";
import { planAlarms } from "./plan-alarms";
import { nginxMetrics, planServerErrorAlarm } from "./plan-error-alarm";
import { planReportAlarms } from "./plan-report-alarms";
import { toldTopics } from "./told-topics";
import type { MonitoringArgs, ReportsArgs } from "./watch-args";

/** The machine that is watched. */
export interface WatchedMachine {
  instanceId: pulumi.Output<string>;
  instanceType: string;
  region: pulumi.Output<string>;
  /** What its agent reports; undefined for a machine without one. */
  reports?: ReportsArgs;
}

/** Watches a machine by what EC2 reports of it and by what its own agent does, and tells who wants to know. */
export function serverAlarms(
  name: string,
  args: MonitoringArgs & { machine: WatchedMachine; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const { notify, cpuPercent, machine, tags } = args;
  const { instanceId, instanceType, region, reports } = machine;
  const duty = { told: toldTopics(name, { notify, region, tags }, opts), tags };
  const dimensions = { InstanceId: instanceId };
  makeAlarms(name, planAlarms(instanceType, cpuPercent), { namespace: "AWS/EC2", dimensions, ...duty }, opts);
  if (!reports) return;
  makeAlarms(name, planReportAlarms(args, true), { namespace: reports.name, ...duty }, opts);
  if (reports.accessLog === undefined) return;
  countAnswers(name, reports.name, reports.accessLog, opts);
  makeErrorAlarm(name, planServerErrorAlarm(reports.name, args.errorPercent), duty, opts);
}

/** Has CloudWatch count lines of nginx's access log, each of which is a JSON object of strings: all, and those of errors. */
function countAnswers(
  name: string,
  namespace: string,
  logGroupName: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const count = (key: string, status: string, metricName: string): void => {
    const metricTransformation = { namespace, name: metricName, value: "1", defaultValue: "0", unit: "Count" };
    const pattern = `{ $.status = "${status}" }`;
    new cloudwatch.LogMetricFilter(`${name}-${key}`, { logGroupName, pattern, metricTransformation }, opts);
  };
  count("failed-answers", "5*", nginxMetrics.errors);
  count("answers", "*", nginxMetrics.answers);
}
