import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "./security-group";
import { PeerGroup } from "./traffic-args";

/** Whom something is for. */
interface ForHosts {
  vpcId: pulumi.Input<string>;
  hosts: PeerGroup[];
  tags?: Record<string, string>;
}

/**
 * The group of something that machines share, and the rules that open the way from them: what one side may send, the other one takes.
 *
 * @param owner the component that it belongs to
 * @param what what it is, for whoever reads the rules. @example "Redis sessions"
 */
export function openToHosts(
  owner: pulumi.Resource,
  name: string,
  { vpcId, hosts, tags }: ForHosts,
  port: number,
  what: string,
): { group: SecurityGroup; rules: pulumi.Output<string>[] } {
  const own = { parent: owner };
  const group = new SecurityGroup(
    name,
    { vpcId, port: String(port), ingress: hosts.map((host) => ({ port: String(port), group: host })), tags },
    own,
  );
  const rules = hosts.map(
    (host) =>
      new vpc.SecurityGroupEgressRule(
        `${name}-from-${host.name}`,
        {
          securityGroupId: host.id,
          referencedSecurityGroupId: group.groupId,
          description: `${port} to ${what}`,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          tags,
        },
        own,
      ).urn,
  );
  return { group, rules };
}
