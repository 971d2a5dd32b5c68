/** A number of answers that CloudWatch knows for each period. */
interface CountedAnswers {
  /** Names it in the alarm's sums. */
  id: string;
  namespace: string;
  metricName: string;
}

/** What the alarm looks at: a metric, or a sum of others. */
interface PlannedQuery {
  id: string;
  /** Undefined for a sum. */
  counted?: CountedAnswers;
  /** Undefined for a metric. */
  expression?: string;
  label: string;
}

/** An alarm on the share of answers that say that a server failed. */
export interface PlannedErrorAlarm {
  description: string;
  queries: PlannedQuery[];
  /** The query that is held against the threshold. */
  decides: string;
  periodSeconds: number;
  threshold: number;
}

/** Fewer errors in a period are chance, and all there is on a quiet site: one of two answers would be 50 %. */
const fewestErrors = 3;

const share = "share";

/**
 * The alarm on answers that say 500 to 599.
 *
 * @param errors what counts them
 * @param others what else is counted
 * @param all the sum of all answers, by the ids of both
 */
function planErrorAlarm(
  errorPercent: number,
  errors: readonly CountedAnswers[],
  others: readonly CountedAnswers[],
  all: string,
): PlannedErrorAlarm {
  const failed = errors.map(({ id }) => filled(id)).join(" + ");
  return {
    description: `${errorPercent} % of the answers of five minutes said that the server failed`,
    queries: [
      ...[...errors, ...others].map((counted) => ({ id: counted.id, counted, label: counted.metricName })),
      {
        id: share,
        expression: `IF((${failed}) >= ${fewestErrors}, 100 * (${failed}) / (${all}), 0)`,
        label: "answers that failed, in percent",
      },
    ],
    decides: share,
    periodSeconds: 300,
    threshold: errorPercent,
  };
}

/** Balancers report no number where there was nothing to count. */
const filled = (id: string): string => `FILL(${id}, 0)`;

/** Names of the metrics that are made of nginx's access log. */
export const nginxMetrics = { errors: "failed_answers", answers: "answers" } as const;

/** Of one server, by its access log. */
export function planServerErrorAlarm(namespace: string, errorPercent = 5): PlannedErrorAlarm {
  const errors = { id: "failed", namespace, metricName: nginxMetrics.errors };
  const answers = { id: "answers", namespace, metricName: nginxMetrics.answers };
  return planErrorAlarm(errorPercent, [errors], [answers], "answers");
}

/**
 * Of a balancer: what its targets answer and what it answers in their place. It counts only requests for which it found a
 * target, so what it refused for want of one is added (Application Load Balancers, "CloudWatch metrics").
 */
export function planBalancerErrorAlarm(errorPercent = 5): PlannedErrorAlarm {
  const namespace = "AWS/ApplicationELB";
  const targets = { id: "targets", namespace, metricName: "HTTPCode_Target_5XX_Count" };
  const balancer = { id: "balancer", namespace, metricName: "HTTPCode_ELB_5XX_Count" };
  const requests = { id: "requests", namespace, metricName: "RequestCount" };
  const all = `${filled("requests")} + ${filled("balancer")}`;
  return planErrorAlarm(errorPercent, [targets, balancer], [requests], all);
}
