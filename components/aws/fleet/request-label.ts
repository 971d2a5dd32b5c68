/**
 * The name under which CloudWatch counts the requests of a balancer to a target group: the ends of both names for all of AWS
 * (Auto Scaling API Reference, "PredefinedMetricSpecification").
 *
 * @example
 * requestLabel("arn:aws:elasticloadbalancing:…:loadbalancer/app/web/1234", "arn:aws:elasticloadbalancing:…:targetgroup/web/5678")
 * // "app/web/1234/targetgroup/web/5678"
 */
export function requestLabel(balancerArn: string, targetGroupArn: string): string {
  return `${balancerLabel(balancerArn)}/${targetGroupLabel(targetGroupArn)}`;
}

/** The name under which CloudWatch knows a balancer, `app/web/1234` (Application Load Balancers, "CloudWatch metrics"). */
export const balancerLabel = (arn: string): string => arn.replace(/^.*:loadbalancer\//, "");

/** The name under which CloudWatch knows a target group, `targetgroup/web/5678`. */
export const targetGroupLabel = (arn: string): string => arn.replace(/^.*:/, "");
