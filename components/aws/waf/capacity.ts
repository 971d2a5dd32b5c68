import { ManagedRules } from "./web-acl-args";

/** Capacity units of AWS's groups, by AWS's own pages (AWS WAF, "AWS Managed Rules rule groups list": WCU). */
const ofGroups: Readonly<Record<ManagedRules, number>> = {
  [ManagedRules.Common]: 700,
  [ManagedRules.KnownBadInputs]: 200,
  [ManagedRules.IpReputation]: 25,
  [ManagedRules.AnonymousIps]: 50,
  [ManagedRules.AdminProtection]: 100,
  [ManagedRules.Sql]: 200,
  [ManagedRules.Linux]: 200,
  [ManagedRules.Posix]: 100,
  [ManagedRules.Windows]: 200,
  [ManagedRules.Php]: 100,
  [ManagedRules.WordPress]: 100,
};

/** Of a rate by address alone (AWS WAF, "Using rate-based rule statements": 2 as a base cost). */
const ofRate = 2;

/** Capacity units that rules take. */
export function capacityOf(groups: readonly ManagedRules[], hasRate: boolean): number {
  // One that there is not is refused elsewhere.
  return groups.reduce((sum, group) => sum + (ofGroups[group] ?? 0), hasRate ? ofRate : 0);
}
