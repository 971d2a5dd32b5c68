/** What a web ACL is put before. Another choice is another web ACL. */
export const WebAclScope = {
  /** A distribution of CloudFront, whatever the region of the program: AWS has these in us-east-1. */
  CloudFront: "CLOUDFRONT",
  /** Load balancers of its region. */
  Regional: "REGIONAL",
} as const;
export type WebAclScope = (typeof WebAclScope)[keyof typeof WebAclScope];

/** Groups of rules that AWS keeps (AWS WAF, "AWS Managed Rules rule groups list"); those without a price of their own. */
export const ManagedRules = {
  /** What is wrong for most apps: paths out of a folder, scripts, requests of scanners. */
  Common: "AWSManagedRulesCommonRuleSet",
  /** Ways into known holes, Log4j's for one. */
  KnownBadInputs: "AWSManagedRulesKnownBadInputsRuleSet",
  /** Addresses that attacked others. */
  IpReputation: "AWSManagedRulesAmazonIpReputationList",
  /** Addresses of VPNs, proxies, Tor and hosting providers. */
  AnonymousIps: "AWSManagedRulesAnonymousIpList",
  /** Paths of administration pages. */
  AdminProtection: "AWSManagedRulesAdminProtectionRuleSet",
  /** For apps with a database that speaks SQL. */
  Sql: "AWSManagedRulesSQLiRuleSet",
  /** Files of Linux that nobody may ask for; to be used with `Posix`. */
  Linux: "AWSManagedRulesLinuxRuleSet",
  /** Commands of a shell. */
  Posix: "AWSManagedRulesUnixRuleSet",
  /** For apps on Windows: PowerShell in requests. */
  Windows: "AWSManagedRulesWindowsRuleSet",
  /** For apps in PHP: its functions in requests. */
  Php: "AWSManagedRulesPHPRuleSet",
  /** For WordPress: its plugins' known holes. */
  WordPress: "AWSManagedRulesWordPressRuleSet",
} as const;
export type ManagedRules = (typeof ManagedRules)[keyof typeof ManagedRules];

/** One of AWS's groups of rules. */
export interface ManagedRulesArgs {
  /** Which one. */
  group: ManagedRules;
  /** Only count what it would refuse, to try it out. @default false */
  counts?: boolean;
  /**
   * Rules of it that only count.
   * @default of `Common`, `SizeRestrictions_BODY`, which refuses uploads of more than 8 KiB, and nginx has a limit for each
   * route; of others none
   * @example ["GenericRFI_QUERYARGUMENTS"]
   */
  countedRules?: string[];
}

/** How much one address may ask for. */
export interface RateLimitArgs {
  /** Requests in any time of that length, 10 to 2,000,000,000 (AWS WAF, "Rate-based rule high-level settings"). @example 2000 */
  requests: number;
  /** Its length: 60, 120, 300 or 600 seconds. @default 300 @example 60 */
  seconds?: number;
  /** Only count what it would refuse, to try it out. @default false */
  counts?: boolean;
}

/** Where a web ACL logs what it refuses or counts. */
export interface WebAclLogArgs {
  /** How long they are kept, in days; one of CloudWatch's periods. @default 30 @example 90 */
  retentionDays?: number;
}

/** What requests are held against before they are let in. */
export interface WebAclArgs {
  /** What it is put before. @default CloudFront */
  scope?: WebAclScope;
  /**
   * AWS's groups of rules, in the order in which they are asked.
   * @default `IpReputation`, `KnownBadInputs` and `Common`
   * @example [{ group: ManagedRules.Common, counts: true }]
   */
  managed?: ManagedRulesArgs[];
  /** How much one address may ask for. @default no limit @example { requests: 2000 } */
  rateLimit?: RateLimitArgs;
  /** Only count what all of it would refuse, to try it out. @default false */
  counts?: boolean;
  /** Log what is refused or counted. @default no logs; metrics and samples of three hours are there in any case @example { retentionDays: 90 } */
  logs?: WebAclLogArgs;
  /**
   * Capacity units that it may have. More than 1,500 cost more, and 5,000 are the most (AWS WAF, "Web ACL capacity units").
   * @default 1500
   * @example 2000
   */
  capacityLimit?: number;
  /** Tags of everything. @default none @example { team: "web" } */
  tags?: Record<string, string>;
}
