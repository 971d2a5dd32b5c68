import { dataVolumePath, rootPath } from "../../host/cloudwatch-agent/description";
import type { PlannedAlarm } from "./plan-alarms";
import type { MonitoringArgs } from "./watch-args";

/** The agent reports each minute; five make an alarm that the start of a single program does not set off. */
const reportPeriodSeconds = 300;

/**
 * Alarms on what the agent reports. The fullest machine counts, so that they are the same for one and for many.
 *
 * @param hasDataVolume whether apps' data is on a disk of its own
 */
export function planReportAlarms(
  { memoryPercent = 90, diskPercent = 85 }: MonitoringArgs,
  hasDataVolume: boolean,
): PlannedAlarm[] {
  const full = {
    statistic: "Maximum",
    periodSeconds: reportPeriodSeconds,
    comparison: "GreaterThanOrEqualToThreshold",
  } as const;
  const disk = (key: string, path: string, what: string): PlannedAlarm => ({
    ...full,
    key,
    description: `${diskPercent} % of ${what} is used`,
    metricName: "disk_used_percent",
    dimensions: { path },
    evaluationPeriods: 1,
    threshold: diskPercent,
    tellsSilence: false,
  });
  return [
    {
      ...full,
      key: "memory",
      description: `${memoryPercent} % of the memory was used for a quarter of an hour, or the agent reports nothing`,
      metricName: "mem_used_percent",
      evaluationPeriods: 3,
      threshold: memoryPercent,
      // The agent is what reports everything else, too, and one alarm is enough to say that it has stopped.
      tellsSilence: true,
    },
    disk("root-disk", rootPath, "the root volume"),
    ...(hasDataVolume ? [disk("data-disk", dataVolumePath, "the data volume")] : []),
  ];
}
