/**
 * The name under which CloudWatch counts the requests of a balancer to a target group: the ends of both names for all of AWS
 * (Auto Scaling API Reference, "PredefinedMetricSpecification").
 *
 * @example
 * requestLabel("arn:aws:elasticloadbalancing:…:loadbalancer/app/web/1234", "arn:aws:elasticloadbalancing:…:targetgroup/web/5678")
 * // "app/web/1234/targetgroup/web/5678"
 */
export function requestLabel(balancerArn: string, targetGroupArn: string): string {
  return `${balancerArn.replace(/^.*:loadbalancer\//, "")}/${targetGroupArn.replace(/^.*:/, "")}`;
}
