import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { PeerGroup } from "../traffic-args";

/** A balancer that connects to hosts on a port. */
interface Admitted {
  /** Name of the balancer. */
  name: string;
  /** Id of its security group. */
  groupId: pulumi.Input<string>;
  /** Its purpose or number, which the rule is named by. */
  purpose: string;
  port: number;
  tags?: Record<string, string>;
}

/** Lets a balancer in at a host: what one side may send, the other one takes. */
export function admitBalancer(
  key: string,
  host: PeerGroup,
  { name, groupId, purpose, port, tags }: Admitted,
  opts: pulumi.CustomResourceOptions,
): vpc.SecurityGroupIngressRule {
  return new vpc.SecurityGroupIngressRule(
    key,
    {
      securityGroupId: host.id,
      referencedSecurityGroupId: groupId,
      description: `${purpose} from balancer ${name}`,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags,
    },
    opts,
  );
}
