import type { Input } from "@pulumi/pulumi";
import { App } from "../../app/app";

/** Where in the world a distribution answers; the farther, the more AWS charges. */
export const PriceClass = {
  /** North America, Europe and Israel. */
  NorthAmericaAndEurope: "PriceClass_100",
  /** Those, and Asia, Africa and the Middle East. */
  WithAsiaAndAfrica: "PriceClass_200",
  /** Everywhere. */
  All: "PriceClass_All",
} as const;
export type PriceClass = (typeof PriceClass)[keyof typeof PriceClass];

/**
 * What the distribution proves itself with to nginx, each 32 to 128 letters, digits, hyphens and underscores. The host is told
 * by `cloudFrontHop({ provesItself: true })`, and gets the values as a parameter of its own.
 */
export interface OriginSecrets {
  /** What it sends. @example password */
  current: Input<string>;
  /** What the host takes as well, until the new one is everywhere; the distribution never sends it. @default none @example password */
  previous?: Input<string>;
}

/** What is behind a distribution inside a network, where nobody else reaches it. */
export interface CdnVpcOriginArgs {
  /**
   * An internal Application or Network Load Balancer of this account, or an instance. Its network needs an internet gateway,
   * though nothing comes by it (CloudFront, "Restrict access with VPC origins").
   * @example "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/0123456789abcdef"
   */
  arn: Input<string>;
}

/** The server or balancer behind a distribution. */
export interface CdnOriginArgs {
  /**
   * Its own name in DNS, which is none of those that lead to the distribution. Of what is inside a network it is the one that
   * AWS gave it: a balancer's `dnsName`.
   * @example "origin.example.com"
   */
  domainName: Input<string>;
  /**
   * Reach it inside its network.
   * @default over the internet
   * @example { arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/0123456789abcdef" }
   */
  vpc?: CdnVpcOriginArgs;
  /**
   * Longest silence before CloudFront gives up, in seconds, 1 to 120 (CloudFront, "Quotas"). The host is told the same by
   * `cloudFrontHop`.
   * @default 30
   */
  answerSeconds?: number;
  /**
   * How long CloudFront keeps an idle connection to it, in seconds, 1 to 120 (CloudFront, "Quotas"). The host is told the
   * same by `cloudFrontHop`.
   * @default 5
   */
  keepSeconds?: number;
  /**
   * Whether the host gets its certificates by ACME, by names that lead to the distribution: challenges are then passed on
   * by plain HTTP.
   * @default false
   */
  challenges?: boolean;
  /**
   * What the distribution proves itself with. Without, whoever has a distribution of their own can send requests through it
   * to this origin.
   * @default nothing
   * @example { current: password }
   */
  secrets?: OriginSecrets;
}

/** A page in place of an error. */
export interface ErrorPageArgs {
  /**
   * 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 or 504 (CloudFront, "Create a custom error page").
   * @example 503
   */
  status: number;
  /** Its path, on the same origin. @example "/errors/503.html" */
  path: string;
  /** How long the error is remembered for everybody who asks for the path, in seconds. @default 0 */
  cachedSeconds?: number;
}

/** Where a line about each request is kept: who asked for what and when, with the query, without cookies. */
export interface CdnLogArgs {
  /** Whether there are any. Without, what CloudFront answers itself is written down nowhere. @default true */
  enabled?: boolean;
  /**
   * A bucket of this account, in any region, that lets `delivery.logs.amazonaws.com` write below `AWSLogs/`.
   * @default one of its own: private, encrypted, by TLS only
   * @example "example-logs"
   */
  bucketName?: string;
  /** How long they are kept in a bucket of its own, in days. @default 90 */
  keepDays?: number;
}

/** A distribution of CloudFront, and what is behind it. */
export interface CdnArgs {
  /** What runs behind it. Routes decide what is kept. */
  apps: App[];
  /** The domains that it answers for. @default all of the apps @example ["www.example.com"] */
  domains?: string[];
  /**
   * Certificate of ACM for these domains; CloudFront takes those of us-east-1 only.
   * @example "arn:aws:acm:us-east-1:111122223333:certificate/0b0b4d1c-4a3f-4d2e-9c53-2f3c1d0e9a10"
   */
  certificateArn: Input<string>;
  /** What is behind it. @example { domainName: "origin.example.com" } */
  origin: CdnOriginArgs;
  /**
   * Which TLS is spoken with clients at least, as AWS names it.
   * @default "TLSv1.2_2021": TLS 1.3, and 1.2 with forward secrecy (CloudFront, "Supported protocols and ciphers between
   * viewers and CloudFront")
   * @example "TLSv1.3_2025"
   */
  tlsPolicy?: string;
  /** Where in the world it answers. @default All */
  priceClass?: PriceClass;
  /**
   * Pages in place of errors.
   * @default those of nginx and the apps
   * @example [{ status: 503, path: "/errors/503.html" }]
   */
  errorPages?: ErrorPageArgs[];
  /**
   * What kept answers depend on: another value has every edge forget them, and `up` waits for that. Of a `Site` it is there
   * once its machines serve the new files.
   * @default nothing: they are kept for as long as nginx said
   * @example site.filesDigest
   */
  releases?: Input<string>;
  /** Where a line about each request is kept. @default a bucket of its own, for 90 days @example { keepDays: 365 } */
  accessLogs?: CdnLogArgs;
  /** Refuse to delete it and its logs. @default false */
  protection?: boolean;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
