import type { Input } from "@pulumi/pulumi";

/** Transport protocols that have ports. */
export const Protocol = {
  /** Connections: web, mail, directories. */
  Tcp: "tcp",
  /** Datagrams: names, time. */
  Udp: "udp",
} as const;
export type Protocol = (typeof Protocol)[keyof typeof Protocol];

/** A security group that the same program makes, so that its id may not be known yet. */
export interface PeerGroup {
  /** What the rule's name calls it, e.g. `balancer`. */
  name: string;
  /** Id of the group. @example balancer.groupId */
  id: Input<string>;
  /** The port that its members answer on, for rules that give none. @default none @example "5432" */
  port?: string;
}

/** A prefix list whose id may not be known yet, or that counts as more than one rule. */
export interface PeerPrefixList {
  /** What the rule's name calls it, e.g. `cloudfront`. */
  name: string;
  /** Id of the list. @example "pl-0123456789abcdef0" */
  id: Input<string>;
  /**
   * How many rules AWS counts it as: 55 for CloudFront's (Amazon VPC User Guide, "AWS-managed prefix lists": weight), the
   * maximum number of entries for your own.
   * @example 55
   */
  weight: number;
}

/** Traffic of one purpose with one peer. */
export interface TrafficArgs {
  /**
   * A purpose (`ssh`, `smtp`, `http`, `ldap`, `https`, `smtps`, `submission`, `ldaps`, `rdp`), a port or a range
   * `8000-8010`.
   * @default the port of `group`
   * @example "submission"
   */
  port?: string;
  /** @default Tcp */
  protocol?: Protocol;
  /**
   * CIDR, id of a prefix list (`pl-…`) or of a security group (`sg-…`). A list given this way is counted as one rule, as
   * those of S3 and DynamoDB are.
   * @default anywhere, by IPv4 and IPv6
   * @example "203.0.113.7/32"
   */
  peer?: string;
  /** A group of the same program, in place of `peer`. @default none */
  group?: PeerGroup;
  /** A prefix list with its weight, in place of `peer`. @default none */
  prefixList?: PeerPrefixList;
}

/** What a security group lets through. */
export interface Traffic {
  ingress?: TrafficArgs[];
  egress?: TrafficArgs[];
}
