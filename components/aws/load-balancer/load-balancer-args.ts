import type { Input } from "@pulumi/pulumi";
import { App } from "../../app/app";
import type { Hop } from "../../host/hop";
import type { PeerGroup, PeerPrefixList } from "../traffic-args";
import type { BalancerTarget } from "./check-ends";

/** What happens to requests that two web servers could read in two ways (HTTP desync). */
export const DesyncMitigation = {
  /** Those that are ambiguous are passed on alone on their connection, those that are attacks refused. AWS's default. */
  Defensive: "defensive",
  /** Only those that keep to RFC 7230 are passed on. */
  Strictest: "strictest",
} as const;
export type DesyncMitigation = (typeof DesyncMitigation)[keyof typeof DesyncMitigation];

/** A provider of identities (OpenID Connect), and for which domains people log in there. */
export interface LoginArgs {
  /** It, as its tokens name it. @example "https://login.example.com" */
  issuer: string;
  /** Where people are sent to. @example "https://login.example.com/authorize" */
  authorizationEndpoint: string;
  /** Where the balancer gets tokens. @example "https://login.example.com/token" */
  tokenEndpoint: string;
  /** Where the balancer asks about people. @example "https://login.example.com/userinfo" */
  userInfoEndpoint: string;
  /** What the provider calls the balancer. @example "landfall" */
  clientId: string;
  /** Its secret. @example password */
  clientSecret: Input<string>;
  /** What is asked about people, words with spaces between. @default "openid" @example "openid email" */
  scope?: string;
  /** How long a login holds, in seconds, 1 to 604,800. @default 604800: 7 days */
  sessionSeconds?: number;
  /**
   * The domains that need it, each as a whole: nginx resolves percent signs in a path and a balancer does not, so a login for
   * a path could be passed by spelling it otherwise.
   * @default all
   * @example ["admin.example.com"]
   */
  domains?: string[];
}

/** Where a line about each request is kept. */
export interface AccessLogArgs {
  /**
   * A bucket in the region of the balancer, encrypted with S3's own keys, that lets
   * `logdelivery.elasticloadbalancing.amazonaws.com` write.
   * @default one of its own: private, encrypted, by TLS only
   * @example "example-logs"
   */
  bucketName?: string;
  /** How long they are kept in a bucket of its own, in days. @default 90 */
  keepDays?: number;
}

/** An Application Load Balancer, and what is behind it. */
export interface LoadBalancerArgs {
  /** What runs on the hosts. Each app with routes has a target group with its own health check. */
  apps: App[];
  /** The network. @example "vpc-0123456789abcdef0" */
  vpcId: Input<string>;
  /** Subnets to be in, two at least, in different availability zones. @example ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] */
  subnetIds: Input<string>[];
  /**
   * CIDRs of these subnets: where it connects from. Hosts are told the same by
   * `applicationLoadBalancerHop({ addresses, idleSeconds })`.
   * @example ["10.0.1.0/24", "10.0.2.0/24"]
   */
  addresses: string[];
  /**
   * Security groups of the hosts. Each gets a rule that lets the balancer in on port 443; they need no other for the web.
   * @example [{ name: "web", id: group.groupId }]
   */
  hosts: PeerGroup[];
  /** Machines that answer. @default none: a fleet attaches its own by `targetGroupArns` @example [{ name: "web", instanceId: server.instanceId }] */
  targets?: BalancerTarget[];
  /**
   * Certificate of ACM for clients that name no domain of `furtherCertificateArns`.
   * @example "arn:aws:acm:eu-central-1:111122223333:certificate/0b0b4d1c-4a3f-4d2e-9c53-2f3c1d0e9a10"
   */
  certificateArn: Input<string>;
  /**
   * Certificates of ACM for other domains, under names of your choice, at most 25.
   * @default none
   * @example
   * { "www.example.org": "arn:aws:acm:eu-central-1:111122223333:certificate/5f0f6c2a-8a55-4a6e-8a57-6c9be1f0f0a2" }
   */
  furtherCertificateArns?: Record<string, Input<string>>;
  /**
   * Which TLS is spoken with clients, as AWS names it.
   * @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09": TLS 1.3 and 1.2 without old ciphers, with post-quantum keys; AWS's
   * recommendation (Elastic Load Balancing, "Security policies for your Application Load Balancer")
   * @example "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"
   */
  tlsPolicy?: string;
  /** Who may connect: CIDRs or prefix lists. @default anybody @example ["203.0.113.0/24"] */
  clients?: string[];
  /**
   * A prefix list that alone may connect, and by TLS only, in place of `clients`: CloudFront's, which has a weight of 55, fits
   * into a group for one port.
   * @default none
   * @example { name: "cloudfront", id: cdn.prefixListId, weight: 55 }
   */
  clientList?: PeerPrefixList;
  /** Be reached from within the network only. Another choice is another balancer. @default false */
  internal?: boolean;
  /** Answer by IPv6, too; the subnets need addresses. @default false */
  ipv6?: boolean;
  /**
   * How long it keeps an idle connection, and waits for an answer; seconds, 1 to 4,000 (Elastic Load Balancing, "Edit
   * attributes for your Application Load Balancer"). A websocket that is silent for longer is closed.
   * @default 60
   */
  idleSeconds?: number;
  /** What stands before it, e.g. a CDN. @default nothing @example [cloudFrontHop({ provesItself: true })] */
  front?: Hop[];
  /** How long a client comes back to the same machine, by a cookie; seconds, 1 to 604,800. @default not at all @example 3600 */
  stickySeconds?: number;
  /** How long a new machine gets fewer requests, growing; seconds, 30 to 900. @default 0: all at once @example 60 */
  slowStartSeconds?: number;
  /** What happens to ambiguous requests. @default Defensive */
  desyncMitigation?: DesyncMitigation;
  /**
   * Let in only who logged in.
   * @default everybody is let in
   * @example {
   *   issuer: "https://login.example.com",
   *   authorizationEndpoint: "https://login.example.com/authorize",
   *   tokenEndpoint: "https://login.example.com/token",
   *   userInfoEndpoint: "https://login.example.com/userinfo",
   *   clientId: "landfall",
   *   clientSecret: password,
   * }
   */
  login?: LoginArgs;
  /**
   * What requests are held against: a `WebAcl` with `scope: WebAclScope.Regional`, in the region of the balancer. Behind a
   * `Cdn`, the distribution is the better place: here its addresses stand for clients.
   * @default nothing
   * @example acl.arn
   */
  webAclArn?: Input<string>;
  /** Keep a line about each request. @default none */
  accessLogs?: AccessLogArgs;
  /**
   * Priorities of rules, by domain and path, for the case that two have the same by chance; the error says what to write.
   * @default derived from domain and path
   * @example { "www.example.com/": 30001 }
   */
  priorities?: Record<string, number>;
  /** Refuse to delete the balancer and its logs. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
