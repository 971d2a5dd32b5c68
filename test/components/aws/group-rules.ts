import { all, Recorded } from "./recorded";

/** The rules of security groups that let others in or out: the group, first and last port, and the other group. */
export const groupRules = (recorded: Recorded<unknown>, direction: "Ingress" | "Egress"): unknown[] =>
  all(recorded, `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`).map(({ inputs }) => [
    inputs.securityGroupId,
    inputs.fromPort,
    inputs.toPort,
    inputs.referencedSecurityGroupId,
  ]);
