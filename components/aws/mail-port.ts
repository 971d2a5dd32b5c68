import { overlap, portsOf } from "../app/traffic";
import type { PlannedRule } from "./plan-traffic";
import { Protocol } from "./traffic-args";

/** Where AWS says how to be let out by port 25 (linked from EC2 User Guide, "Amazon EC2 service quotas"). */
export const mailPortRequest = "https://repost.aws/knowledge-center/ec2-port-25-throttle";

/** What is to be known of rules that let mail out by port 25: they alone do not. Members of a group are not outside. */
export function mailPortWarnings(egress: readonly PlannedRule[]): string[] {
  const blocked = egress.filter(
    ({ protocol, ports, peer }) =>
      protocol === Protocol.Tcp && !peer.referencedSecurityGroupId && overlap(ports, portsOf("smtp")!),
  );
  if (blocked.length === 0) return [];
  const rules = blocked.map(({ description }) => `"${description}"`).join(", ");
  return [
    `AWS blocks port 25 out of every instance until it is asked not to, whatever rules say (${rules}). Send mail by ` +
      `"submission" (587) or "smtps" (465), or ask: ${mailPortRequest}`,
  ];
}
