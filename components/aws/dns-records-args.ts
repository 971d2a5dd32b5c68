import * as pulumi from "@pulumi/pulumi";
import { ZoneArgs } from "./find-zones";

/** A balancer or a distribution of AWS, which has a name of its own in place of addresses. */
export interface AliasArgs {
  /** Its name. @example balancer.dnsName */
  dnsName: pulumi.Input<string>;
  /** The zone of that name, which AWS tells with it; `Z2FDTNDATAQYW2` for every distribution of CloudFront. @example balancer.zoneId */
  zoneId: pulumi.Input<string>;
  /**
   * Whether it has to be well to be answered with. CloudFront cannot be asked (Route 53 API Reference, AliasTarget).
   * @default false
   */
  evaluateTargetHealth?: boolean;
}

/** Who may issue certificates. */
export interface CaaArgs {
  /** Names that it holds for, with all below them. @default the domains @example ["example.com"] */
  names?: string[];
  /** Domains of the authorities; none: nobody may. ACM is `amazon.com`. @example ["letsencrypt.org", "amazon.com"] */
  issuers: string[];
}

/** What a record is for as long as all is well. */
export const FailoverRole = {
  /** It is answered with. */
  Primary: "PRIMARY",
  /** It is answered with once the primary one is not well. */
  Secondary: "SECONDARY",
} as const;
export type FailoverRole = (typeof FailoverRole)[keyof typeof FailoverRole];

/** How Route 53 chooses between several records of one name: by weight or by role, one of the two. */
export interface RoutingArgs {
  /** Tells this one from the others. @example "blue" */
  setIdentifier: string;
  /** Its share, beside those of the others; 0 to 255 (Route 53 API Reference, ResourceRecordSet). @default none @example 10 */
  weight?: number;
  /** Its role. @default none @example FailoverRole.Primary */
  failover?: FailoverRole;
}

/** How Route 53 finds out, from several places in the world, whether it is well. */
export interface DnsHealthCheckArgs {
  /** Path that is asked for; an answer from 200 to 399 is well. @example "/health" */
  path: string;
  /** Host name that is asked for. @default the first domain, at the IPv4 address @example "blue.example.com" */
  domain?: string;
  /** Ask by HTTPS, at port 443; else by HTTP at port 80. @default true */
  https?: boolean;
}

/** Which names lead where. */
export interface DnsRecordsArgs {
  /** Host names. @example ["www.example.com"] */
  domains: string[];
  /** IPv4 address that they lead to. @default none: there is an alias @example server.address */
  ipv4?: pulumi.Input<string>;
  /** IPv6 address that they lead to as well. @default none @example server.ipv6Address */
  ipv6?: pulumi.Input<string>;
  /** A balancer or a distribution in place of addresses, by IPv4 and IPv6. @default none @example { dnsName: balancer.dnsName, zoneId: balancer.zoneId } */
  alias?: AliasArgs;
  /** Who may issue certificates. @default anybody @example { issuers: ["amazon.com"] } */
  caa?: CaaArgs;
  /** These are records beside others of the same names. @default they are the only ones */
  routing?: RoutingArgs;
  /** Answer with them only while they are well; with `routing`. @default they are always well */
  healthCheck?: DnsHealthCheckArgs;
  /** The zone that all of them lie in. @default for each the public zone of this account with the longest name that it lies in */
  zone?: ZoneArgs;
  /** Make no records: somebody else, who looks after the domains, creates those of `zoneFile`. @default false */
  manual?: boolean;
  /** Tags of the health check; records have none. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
