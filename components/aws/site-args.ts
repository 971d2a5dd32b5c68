import type { Input } from "@pulumi/pulumi";
import type { AcmeArgs } from "../app/acme-args";
import { App } from "../app/app";
import type { Web } from "../app/web";
import type { Hop } from "../host/hop";
import type { SsmAgentRelease } from "../host/ssm-agent";
import type { WebServerArgs } from "../host/web-server/web-server";
import type { CdnLogArgs, ErrorPageArgs, OriginSecrets, PriceClass } from "./cdn/cdn-args";
import type { SignedArgs } from "../host/tls/signed-args";
import type { ZoneArgs } from "./find-zones";
import type { FilesArgs } from "./files/files-args";
import type { SpotArgs } from "./fleet/fleet-args";
import type { AccessLogArgs } from "./load-balancer/load-balancer-args";
import type { CreateNetworkArgs } from "./network/network-args";
import type { RedisNodesArgs } from "./redis/redis-args";
import type { SshArgs } from "./ssh-access";
import type { TrafficArgs } from "./traffic-args";
import type { SiteMonitoringArgs, SnapshotArgs } from "./watch/watch-args";

/** How the host plan gets to a machine. */
export const Delivery = {
  /** By a bucket: a change to an app is applied to the machine that runs. */
  Store: "store",
  /** Inside the user data: no bucket, but every change means a new machine, and no app's code may lie in a directory. */
  Inline: "inline",
} as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];

/** What a site is made of; another word for another shape. */
export const SiteShape = {
  /** One server with an address of its own. */
  Server: "server",
  /** One server, and a distribution of CloudFront in front of it, by which alone it is reached. */
  ServerCdn: "server-cdn",
  /** Many machines behind a load balancer, in a network of their own. */
  Fleet: "fleet",
  /** A fleet, and a distribution of CloudFront in front of its balancer, by which alone it is reached. */
  FleetCdn: "fleet-cdn",
} as const;
export type SiteShape = (typeof SiteShape)[keyof typeof SiteShape];

/** Requests to each machine for one of the apps. */
export interface SiteRequestsArgs {
  /** Name of the app. @example "shop" */
  app: string;
  /** How many requests a minute are right for one machine. @example 1000 */
  perTarget: number;
}

/** The machines of a site with the shape of a fleet, and what is in front of them. */
export interface SiteFleetArgs {
  /** Least number of machines. @example 2 */
  minimum: number;
  /** Greatest number of machines. While machines are exchanged there can be twice as many. @example 6 */
  maximum: number;
  /** Use of the processors to aim for, on the average of all machines, in percent. @default the processors do not decide @example 50 */
  cpuPercent?: number;
  /** Requests to aim for. @default they do not decide */
  requests?: SiteRequestsArgs;
  /** Take spare capacity. @default no */
  spot?: SpotArgs;
  /** Longest time from a machine's start until its apps are healthy, in seconds. @default 1200 */
  startSeconds?: number;
  /** The network. @default a new one with two zones, without gateways to be paid for @example { zones: 3 } */
  network?: CreateNetworkArgs;
  /** How long the balancer keeps an idle connection, and waits for an answer; seconds. @default 60 */
  idleSeconds?: number;
  /** How long a client comes back to the same machine, by a cookie; seconds. @default not at all @example 3600 */
  stickySeconds?: number;
  /** Where a line about each request is kept. @default a bucket of its own, for 90 days */
  accessLogs?: AccessLogArgs;
  /** The Redis of ElastiCache of each app that asks for one. @default two nodes of the smallest type @example { nodeType: "cache.t4g.small" } */
  redis?: RedisNodesArgs;
  /** The files that apps share by `sharedData`. @default copied each day, always ready to be read @example { seldomReadDays: 30 } */
  files?: FilesArgs;
}

/** The distribution of CloudFront in front of a site. */
export interface SiteCdnArgs {
  /** Where in the world it answers. @default All */
  priceClass?: PriceClass;
  /** Which TLS is spoken with clients at least, as AWS names it. @default "TLSv1.2_2021" @example "TLSv1.3_2025" */
  tlsPolicy?: string;
  /** Longest silence before CloudFront gives up, in seconds, 1 to 120. No route may wait for longer. @default 30 */
  answerSeconds?: number;
  /** How long CloudFront keeps an idle connection to server or balancer, in seconds, 1 to 120. @default 5 */
  keepSeconds?: number;
  /** Pages in place of errors. @default those of nginx and the apps @example [{ status: 503, path: "/errors/503.html" }] */
  errorPages?: ErrorPageArgs[];
  /** Where a line about each request is kept. @default a bucket of its own, for 90 days @example { keepDays: 365 } */
  accessLogs?: CdnLogArgs;
  /**
   * Raise it by one for another secret between CloudFront and nginx, which takes the one before as well until it is raised
   * again. Not beside `originSecrets`.
   * @default 1
   */
  secretGeneration?: number;
}

/** Where certificates come from. */
export interface CertificateArgs {
  /** The authority that the machine asks by itself. @default Let's Encrypt, by an account without an address */
  acme?: AcmeArgs;
  /** An authority that only people can ask, in place of `acme`. @default none @example {} */
  signed?: SignedArgs;
}

/** Apps in AWS. */
export interface SiteArgs {
  /** What runs. */
  apps: App[];
  /** What it is made of. @default Server */
  shape?: SiteShape;
  /** The machines of a fleet, and what is in front of them. @default none: only for the shapes of a fleet, which need it @example { minimum: 2, maximum: 6 } */
  fleet?: SiteFleetArgs;
  /** The distribution in front. @default as a `Cdn` is by itself; only for the shapes with one @example { answerSeconds: 60 } */
  cdn?: SiteCdnArgs;
  /** Debian release of the machine. @default the newest one that all apps can run on @example 12 */
  debian?: number;
  /** The hosted zone of all domains. @default for each the public zone of this account with the longest name that it lies in */
  zone?: ZoneArgs;
  /**
   * What stands before the server, the one that clients connect to first. The domains lead there, so no records are made
   * here.
   * @default clients connect to the server
   * @example [cloudFrontHop({ provesItself: true })]
   */
  front?: Hop[];
  /** The web server of each machine, as far as it is one for all apps. @default nginx @example { program: WebProgram.Nginx } */
  web?: Web;
  /**
   * What the hop in front that proves itself does it with: the same as the `secrets` of the `Cdn`'s origin.
   * @default made up for the shapes with a CDN, else none
   * @example { current: password }
   */
  originSecrets?: OriginSecrets;
  /**
   * A client's web server that answers at some of the domains, and hands paths of them to the server. What is to be added
   * to its settings is in `requests`.
   * @default none
   * @example { kind: WebServer.Apache, domains: ["www.example.com"], addresses: ["198.51.100.7/32"] }
   */
  webServer?: WebServerArgs;
  /** Make no records: somebody else, who looks after the domains, creates those of `requests`. @default false */
  manual?: boolean;
  /** Where certificates come from. @default Let's Encrypt */
  certificates?: CertificateArgs;
  /**
   * Values of the apps' secrets, as `<app>/<secret>`.
   * @default those that the host makes up by itself
   * @example { "dashboard/smtp-password": password }
   */
  secrets?: Record<string, Input<string>>;
  /** How the host plan gets to the machine. @default Store */
  delivery?: Delivery;
  /**
   * Name of the bucket.
   * @default derived from organization, project, stack, site and the shortest domain
   * @example "landfall-dev-web"
   */
  bucketName?: string;
  /**
   * Instance type of EC2; its architecture decides about the image.
   * @default t3.small: 2 vCPUs, 2 GiB
   * @example "t4g.medium"
   */
  instanceType?: string;
  /** The network, with `subnetId`. @default the account's default VPC @example "vpc-0123456789abcdef0" */
  vpcId?: Input<string>;
  /**
   * The subnet; it has to lead to the Internet. One in another zone means an empty data volume.
   * @default one of the default VPC that has the instance type
   * @example "subnet-0123456789abcdef0"
   */
  subnetId?: Input<string>;
  /** Answer by IPv6, too, where the subnet has addresses. @default false */
  ipv6?: boolean;
  /** What may go out beside what the apps declare and the host itself needs. @default nothing */
  egress?: TrafficArgs[];
  /** Rules that AWS lets a security group have in each direction, for IPv4 and for IPv6. @default 60 @example 100 */
  rulesQuota?: number;
  /** Let people in by SSH, with a key and a security group of their own. @default nobody: `aws ssm start-session` needs no port */
  ssh?: SshArgs;
  /** Release of the agent that takes commands and sessions. @default the one that this release of Landfall pins */
  ssmAgent?: SsmAgentRelease;
  /**
   * Image; another one is another machine.
   * @default the newest of Debian when the machine was made
   * @example "ami-0123456789abcdef0"
   */
  ami?: string;
  /** Raise it for a new machine with the newest image and bootstrap; address and data stay. @default 1 */
  generation?: number;
  /** Size of the root volume, in GiB. @default 16 */
  rootGiB?: number;
  /** Size of the volume that keeps the apps' data, in GiB. @default 20 */
  dataGiB?: number;
  /**
   * Watch the machines, keep their logs in CloudWatch, and tell somebody. Without a store there is no agent on the machine: it is
   * watched by what EC2 reports, and keeps its logs to itself.
   * @default none: nobody is told when they fail
   * @example { notify: { email: "ops@example.com" } }
   */
  monitoring?: SiteMonitoringArgs;
  /** Copy the data volume every day; `{}` keeps seven copies. @default none: what an app deletes is gone @example { keepDays: 30 } */
  snapshots?: SnapshotArgs;
  /** Refuse to delete the machine, its address, its data and its bucket. @default false */
  protection?: boolean;
  /** Tags of everything. @default project, stack and site @example { team: "web" } */
  tags?: Record<string, string>;
}
