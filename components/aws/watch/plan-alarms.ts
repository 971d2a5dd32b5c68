/** An alarm on a metric, in CloudWatch's words. What the metric is of comes to be known while resources are made. */
export interface PlannedAlarm {
  /** What the alarm is about, for its name. */
  key: string;
  /** What it says to who is told. */
  description: string;
  metricName: string;
  /** Tells it from others of the same metric. */
  dimensions?: Record<string, string>;
  statistic: "Average" | "Maximum" | "Minimum";
  periodSeconds: number;
  evaluationPeriods: number;
  comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  threshold: number;
  /** Whether silence is told as well. */
  tellsSilence: boolean;
}

/** EC2 reports use and credits of the processor every five minutes (EC2 User Guide, "CloudWatch metrics that are available"). */
const usualPeriodSeconds = 300;

/** Status checks run every minute (EC2 User Guide, "Status checks for Amazon EC2 instances"). */
const statusPeriodSeconds = 60;

/** One is a minute of a whole processor (EC2 User Guide, "Key concepts for burstable performance instances"). */
const fewCredits = 10;

/** The alarms of a server: it is not well, its processor is busy, its bursts cost money or are about to end. */
export function planAlarms(instanceType: string, cpuPercent = 90): PlannedAlarm[] {
  return [
    {
      key: "status",
      // AWS restarts a machine whose hardware fails by itself (EC2 User Guide, "Automatic instance recovery"), so nothing
      // but the news is asked for.
      description: "The machine fails EC2's status checks, or is not there to be checked",
      metricName: "StatusCheckFailed",
      statistic: "Maximum",
      periodSeconds: statusPeriodSeconds,
      evaluationPeriods: 2,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      // A machine that is stopped has no status. One that is being made had none before, so that is no news.
      tellsSilence: true,
    },
    {
      key: "cpu",
      description: `The processor was ${cpuPercent} % busy for a quarter of an hour`,
      metricName: "CPUUtilization",
      statistic: "Average",
      periodSeconds: usualPeriodSeconds,
      evaluationPeriods: 3,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: cpuPercent,
      tellsSilence: false,
    },
    ...creditAlarms(instanceType),
  ];
}

/**
 * Machines of the T families save up credits for bursts. T2 slows down without them; the later ones go on, for money (EC2
 * User Guide, "Burstable performance instances": T2 launches as standard, T3, T3a and T4g launch as unlimited).
 */
function creditAlarms(instanceType: string): PlannedAlarm[] {
  const [family = ""] = instanceType.split(".");
  if (!/^t\d/.test(family)) return [];
  const credits = {
    key: "credits",
    periodSeconds: usualPeriodSeconds,
    evaluationPeriods: 3,
    tellsSilence: false,
  };
  if (family === "t2")
    return [
      {
        ...credits,
        description: "The processor's credits are nearly spent, and the machine is about to slow down",
        metricName: "CPUCreditBalance",
        statistic: "Minimum",
        comparison: "LessThanThreshold",
        threshold: fewCredits,
      },
    ];
  return [
    {
      ...credits,
      description: "The processor is busy beyond its credits, and AWS charges for it",
      metricName: "CPUSurplusCreditsCharged",
      statistic: "Maximum",
      comparison: "GreaterThanThreshold",
      threshold: 0,
    },
  ];
}
