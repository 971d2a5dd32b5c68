/** Names of modules that AWS's provider knows by several, old one first. */
const modules: Readonly<Record<string, string>> = {
  alb: "lb",
  applicationloadbalancing: "lb",
  elasticloadbalancingv2: "lb",
  elasticloadbalancing: "elb",
};

/**
 * The one type token that rules know a resource by. AWS's provider has two for load balancers (`lb`, `alb`), states keep
 * two older ones, and S3's resources come with and without `V2`.
 */
export function currentType(token: string): string {
  const parts = /^aws:([^/:]+)\/([^:]+):(.+)$/.exec(token);
  if (!parts) return token;
  const [, module = "", file = "", type = ""] = parts;
  const current = modules[module] ?? module;
  return current === "s3" ? `aws:s3/${withoutVersion(file)}:${withoutVersion(type)}` : `aws:${current}/${file}:${type}`;
}

const withoutVersion = (name: string): string => name.replace(/[vV]2$/, "");
