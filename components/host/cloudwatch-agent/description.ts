import { App } from "../../app/app";
import { Web, WebProgram } from "../../app/web";
import { LogFormat } from "../../app/web-logs";
import { Problem } from "../../app/problem";
import { WebLogFiles, webLogFiles } from "../logs/access-logs";
import { nginxLogs } from "../logs/rotation";
import { serviceUnits } from "../places";
import { Effect, PlannedFile } from "../plan";
import { accessKey, errorKey, logGroups } from "./log-groups";
import { cloudWatchAgentUnit } from "./release";

/** What a host tells CloudWatch, by its agent. */
export interface HostReports {
  /**
   * Namespace of its metrics, and what the names of its log groups begin with.
   * @example "/landfall/demo/dev/web"
   */
  name: string;
  /** Whether the apps' data is on a disk of its own. */
  dataVolume: boolean;
}

/** Where the agent looks when it starts (cmd/start-amazon-cloudwatch-agent of aws/amazon-cloudwatch-agent). */
const descriptionPath = "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json";

/** Where the disk that outlives the machine is mounted, as the apply program has it. */
export const dataVolumePath = "/var/lib/landfall/volume";

/** Where the host's own disk is mounted. */
export const rootPath = "/";

/**
 * What the agent of a host collects (CloudWatch User Guide, "Manually create or edit the CloudWatch agent configuration
 * file"): use of memory and disks each minute, the web server's logs, and what the apps write. Metrics are there for each machine, and
 * together: an alarm names those, because they stay when the machines are others.
 */
export function agentDescription(
  apps: readonly App[],
  { name, dataVolume }: HostReports,
  webLogs: WebLogFiles = webLogFiles(nginxLogs, apps),
): PlannedFile {
  const groups = logGroups(name, apps, webLogs.server);
  const stream = { log_stream_name: "{instance_id}" };
  const logFile = (group: string | undefined, path: string, domain?: string): object[] => {
    if (group === undefined) return [];
    const own = domain === undefined ? stream : { log_stream_name: `{instance_id}/${domain}` };
    return [{ file_path: path, log_group_name: group, ...own }];
  };
  const files = [
    ...webLogs.access.flatMap(({ file, domain }) => logFile(groups[accessKey(webLogs.server)], file, domain)),
    ...logFile(groups[errorKey(webLogs.server)], webLogs.error),
  ];
  // What an app writes has the level "info", unless it says another by a prefix: nothing of it is left out.
  const journal = apps
    .filter((app) => app.process)
    .map((app) => ({
      units: serviceUnits(app),
      priority: "debug",
      log_group_name: groups[app.name],
      ...stream,
    }));
  const collected = {
    ...(files.length ? { files: { collect_list: files } } : {}),
    ...(journal.length ? { journald: { collect_list: journal } } : {}),
  };
  const description = {
    // The journal and the web server's logs are root's to read.
    agent: { metrics_collection_interval: 60, run_as_user: "root" },
    metrics: {
      namespace: name,
      append_dimensions: { InstanceId: "${aws:InstanceId}" },
      aggregation_dimensions: [[], ["path"]],
      metrics_collected: {
        mem: { measurement: ["mem_used_percent"] },
        // Names of devices are others on other types of machines.
        disk: {
          measurement: ["disk_used_percent"],
          resources: [rootPath, ...(dataVolume ? [dataVolumePath] : [])],
          drop_device: true,
        },
      },
    },
    ...(Object.keys(collected).length ? { logs: { logs_collected: collected } } : {}), // the agent refuses an empty one
  };
  return {
    path: descriptionPath,
    content: `${JSON.stringify(description, null, 2)}\n`,
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.Restart, units: [cloudWatchAgentUnit] },
  };
}

/** What CloudWatch could not count. */
export function countedLogProblems({ program, logs = {} }: Web): Problem[] {
  const { format } = logs;
  const unread = "writes what it was asked for into the journal, where CloudWatch's agent counts no answers";
  const uncounted = "is not what CloudWatch counts answers by, which are those of JSON";
  return [
    ...(program === WebProgram.HAProxy
      ? [{ path: "web.program", value: program, reason: unread, fix: "take another one, or leave monitoring out" }]
      : []),
    ...(format === LogFormat.Combined
      ? [{ path: "web.logs.format", value: format, reason: uncounted, fix: `say "${LogFormat.Both}", or leave it out` }]
      : []),
  ];
}
