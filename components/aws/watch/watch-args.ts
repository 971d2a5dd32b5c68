import type { Input } from "@pulumi/pulumi";
import type { CloudWatchAgentRelease } from "../../host/cloudwatch-agent/release";

/** Who is told of alarms: one of the two. */
export interface NotifyArgs {
  /**
   * Somebody who gets a mail; SNS asks for a confirmation first, and tells nothing until it has one.
   * @default nobody
   * @example "ops@example.com"
   */
  email?: string;
  /**
   * A topic of SNS, in the server's region, that alarms of CloudWatch may publish to.
   * @default none
   * @example "arn:aws:sns:eu-central-1:111122223333:ops"
   */
  topicArn?: Input<string>;
}

/** How machines are watched. */
export interface MonitoringArgs {
  /** Who is told when an alarm goes off, when it is over, and when nothing was heard of the machines. */
  notify: NotifyArgs;
  /** Use of the processors over a quarter of an hour, in percent, from which there is an alarm. @default 90 @example 75 */
  cpuPercent?: number;
  /** Use of memory over a quarter of an hour, in percent, from which there is an alarm. @default 90 @example 80 */
  memoryPercent?: number;
  /** Use of a disk, in percent, from which there is an alarm. @default 85 @example 70 */
  diskPercent?: number;
  /**
   * Answers of five minutes that say 500 to 599, in percent of all, from which there is an alarm; fewer than three are none.
   * @default 5
   * @example 1
   */
  errorPercent?: number;
}

/** How a fleet is watched. */
export interface FleetMonitoringArgs extends MonitoringArgs {
  /**
   * The Application Load Balancer in front, for alarms on its answers and on machines that it finds unhealthy.
   * @default none: neither is watched
   * @example balancer.arn
   */
  balancerArn?: Input<string>;
}

/** How a site is watched. */
export interface SiteMonitoringArgs extends MonitoringArgs {
  /** How long CloudWatch keeps logs, in days, of the periods that it has. @default 30 @example 90 */
  logDays?: number;
  /** Release of the agent that reports memory, disks and logs. @default the one that this release of Landfall pins */
  agent?: CloudWatchAgentRelease;
}

/** What the CloudWatch agent of a host reports, where the host's plan has one. */
export interface ReportsArgs {
  /**
   * Namespace of the metrics, and what the names of the log groups begin with. The machine may write to no other.
   * @example "/landfall/demo/dev/web"
   */
  name: string;
  /** Log group of nginx's access log. @default none: answers are not counted @example "/landfall/demo/dev/web/nginx/access" */
  accessLog?: Input<string>;
}

/** When the data volume is copied, and how long copies stay. */
export interface SnapshotArgs {
  /** How many daily copies stay. @default 7 @example 30 */
  keepDays?: number;
  /** The hour, by UTC, within which each copy begins. @default 3 @example 22 */
  hourUtc?: number;
}
