import type { Input } from "@pulumi/pulumi";

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

/** How a server is watched. */
export interface MonitoringArgs {
  /** Who is told when an alarm goes off, when it is over, and when AWS has heard nothing of the machine. */
  notify: NotifyArgs;
  /** Use of the processor over a quarter of an hour, in percent, from which there is an alarm. @default 90 @example 75 */
  cpuPercent?: number;
}

/** When the data volume is copied, and how long copies stay. */
export interface SnapshotArgs {
  /** How many daily copies stay. @default 7 @example 30 */
  keepDays?: number;
  /** The hour, by UTC, within which each copy begins. @default 3 @example 22 */
  hourUtc?: number;
}
