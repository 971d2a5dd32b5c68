import * as pulumi from "@pulumi/pulumi";
import { balancerLabel, targetGroupLabel } from "../fleet/request-label";
import { makeAlarms, makeErrorAlarm } from "./make-alarms";
import { planBalancerErrorAlarm } from "./plan-error-alarm";
import { planFleetAlarms, planTargetAlarm } from "./plan-fleet-alarms";
import { planReportAlarms } from "./plan-report-alarms";
import { toldTopics } from "./told-topics";
import type { FleetMonitoringArgs, ReportsArgs } from "./watch-args";

/** The machines that are watched, and what is in front of them. */
export interface WatchedFleet {
  groupName: pulumi.Output<string>;
  targetGroupArns: pulumi.Input<string>[];
  region: pulumi.Output<string>;
  /** What the machines' agents report; undefined for machines without one. */
  reports?: ReportsArgs;
}

/** Watches a fleet by what EC2, its balancer and its machines report, and tells who wants to know. */
export function fleetAlarms(
  name: string,
  args: FleetMonitoringArgs & { fleet: WatchedFleet; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const { notify, cpuPercent, errorPercent, balancerArn, fleet, tags } = args;
  const { groupName, targetGroupArns, region, reports } = fleet;
  const duty = { told: toldTopics(name, { notify, region, tags }, opts), tags };
  const dimensions = { AutoScalingGroupName: groupName };
  makeAlarms(name, planFleetAlarms(cpuPercent), { namespace: "AWS/EC2", dimensions, ...duty }, opts);
  // Disks that outlive machines are not theirs.
  if (reports) makeAlarms(name, planReportAlarms(args, false), { namespace: reports.name, ...duty }, opts);
  if (balancerArn === undefined) return;
  const LoadBalancer = pulumi.output(balancerArn).apply(balancerLabel);
  targetGroupArns.forEach((arn, index) => {
    const of = { LoadBalancer, TargetGroup: pulumi.output(arn).apply(targetGroupLabel) };
    const alarm = [planTargetAlarm(index + 1)];
    makeAlarms(name, alarm, { namespace: "AWS/ApplicationELB", dimensions: of, ...duty }, opts);
  });
  makeErrorAlarm(name, planBalancerErrorAlarm(errorPercent), { dimensions: { LoadBalancer }, ...duty }, opts);
}
