import type { PlannedAlarm } from "./plan-alarms";

/** The processors of all machines of a group on average: one that is busy is for scaling and balancer to see to. */
export function planFleetAlarms(cpuPercent = 90): PlannedAlarm[] {
  return [
    {
      key: "cpu",
      description: `The processors were ${cpuPercent} % busy for a quarter of an hour`,
      metricName: "CPUUtilization",
      statistic: "Average",
      periodSeconds: 300, // without detailed monitoring EC2 reports every five minutes
      evaluationPeriods: 3,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: cpuPercent,
      tellsSilence: false,
    },
  ];
}

/**
 * Machines that a balancer finds unhealthy. The group replaces one within minutes, so what lasts longer is not put right by
 * that.
 *
 * @param position of the target group among the fleet's
 */
export function planTargetAlarm(position: number): PlannedAlarm {
  return {
    key: `unhealthy-${position}`,
    description: "The balancer found a machine unhealthy for a quarter of an hour",
    metricName: "UnHealthyHostCount",
    statistic: "Maximum",
    periodSeconds: 300,
    evaluationPeriods: 3,
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    tellsSilence: false,
  };
}
