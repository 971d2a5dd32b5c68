import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { ReportsArgs } from "./watch-args";

/** Log groups that are there, and what machines that write into them are told. */
export interface SiteLogs {
  reports: ReportsArgs;
  groups: cloudwatch.LogGroup[];
}

/**
 * The log groups of a site. They belong to it and not to its machines: a server and a fleet that follow each other write into
 * the same. The machines make none, so that each has an end.
 */
export function siteLogs(
  site: string,
  { name, groups, access, logDays = 30, tags }: PlannedLogs & { logDays?: number; tags?: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): SiteLogs {
  const made = Object.entries(groups).map(([key, group]): [string, cloudwatch.LogGroup] => [
    key,
    new cloudwatch.LogGroup(`${site}-log-${key}`, { name: group, retentionInDays: logDays, tags }, opts),
  ]);
  return {
    reports: { name, accessLog: Object.fromEntries(made)[access]?.name },
    groups: made.map(([, group]) => group),
  };
}

/** The log groups of a site before there are any. */
export interface PlannedLogs {
  /** What their names begin with, which is the namespace of the metrics, too. */
  name: string;
  /** Names by what is written there. */
  groups: Record<string, string>;
  /** Of them the key of what the web server was asked for. */
  access: string;
}
