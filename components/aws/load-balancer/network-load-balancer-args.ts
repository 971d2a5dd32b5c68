import type { Input } from "@pulumi/pulumi";
import type { PeerGroup } from "../traffic-args";
import type { BalancerTarget } from "./check-ends";

/** A port that connections are passed on from. */
export interface NetworkListenerArgs {
  /**
   * A purpose (`smtp`, `smtps`, `submission`, `ldap`, `ldaps`, `http`, `https`) or a port.
   * @example "ldaps"
   */
  port: string;
  /** Port of the hosts. @default the same @example 2525 */
  hostPort?: number;
  /**
   * Begin each connection to a host with the client's address, by the PROXY protocol, version 2. The host's program has to
   * expect it; nginx is told by `networkLoadBalancerHop({ proxyProtocolFrom: addresses })`.
   * @default false: the client's address is in the packets
   */
  proxyProtocol?: boolean;
  /**
   * How long a silent connection is kept, in seconds, 60 to 6,000 (Elastic Load Balancing, "Listeners for your Network Load
   * Balancers").
   * @default 350
   */
  idleSeconds?: number;
}

/** A Network Load Balancer, and what is behind it. */
export interface NetworkLoadBalancerArgs {
  /** What it listens on. @example [{ port: "ldaps" }, { port: "smtp", hostPort: 2525 }] */
  listeners: NetworkListenerArgs[];
  /** The network. @example "vpc-0123456789abcdef0" */
  vpcId: Input<string>;
  /** Subnets to be in, one in each availability zone. @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] */
  subnetIds: Input<string>[];
  /**
   * Security groups of the hosts. Each gets a rule for each port that lets the balancer in.
   * @example [{ name: "web", id: group.groupId }]
   */
  hosts: PeerGroup[];
  /** Machines that answer. @default none: a fleet attaches its own by `targetGroupArns` @example [{ name: "web", instanceId: server.instanceId }] */
  targets?: BalancerTarget[];
  /** Who may connect: CIDRs or prefix lists. @default anybody @example ["203.0.113.0/24"] */
  clients?: string[];
  /** Be reached from within the network only. Another choice is another balancer. @default false */
  internal?: boolean;
  /** Answer by IPv6, too; the subnets need addresses. @default false */
  ipv6?: boolean;
  /**
   * Send connections to machines of all zones, not only of the one that they came in by: no zone with fewer machines gets
   * more than they can bear. AWS counts what goes from zone to zone as traffic.
   * @default true
   */
  crossZone?: boolean;
  /** Refuse to delete the balancer. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "directory" } */
  tags?: Record<string, string>;
}
