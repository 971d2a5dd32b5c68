/**
 * What one balancer may have, unless AWS raised it for the account (Elastic Load Balancing, "Quotas for your Application Load
 * Balancers").
 */
export const quotas = {
  /** Rules, without the default ones. */
  rules: 100,
  targetGroups: 100,
  /** Certificates, without the default one. */
  certificates: 25,
} as const;
