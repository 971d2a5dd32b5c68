import { edgeActions } from "./actions-edge";
import { networkActions } from "./actions-network";
import { serviceActions } from "./actions-services";
import { webActions } from "./actions-web";
import type { KindActions } from "./kind-actions";

/**
 * What whoever runs `pulumi up` needs for each kind of resource: to make, read, change and delete it, and for what is looked
 * up beside it. What making takes is held against the API's calls by a test; the rest follows the provider's documentation.
 */
export const kindActions: KindActions = { ...networkActions, ...webActions, ...edgeActions, ...serviceActions };

/** Needed whatever is made: the provider asks whose credentials it has. */
const always = ["sts:GetCallerIdentity"];

/** A statement of IAM. */
export interface PermissionStatement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string;
  Condition?: Record<string, Record<string, string[]>>;
}

/** A policy of IAM, as JSON has it. */
export interface PermissionPolicy {
  Version: "2012-10-17";
  Statement: PermissionStatement[];
}

/** Services that get a role of the site's. */
const passedTo = ["dlm", "ec2", "vpc-flow-logs"].map((service) => `${service}.amazonaws.com`);

/** Actions that need no resource of the site's own, sorted. Kinds that nothing is said of are not AWS's. */
export function actionsOf(kinds: Iterable<string>): string[] {
  const found = new Set(always);
  for (const kind of kinds)
    for (const [service, names] of Object.entries(kindActions[kind] ?? {}))
      for (const name of names) found.add(`${service}:${name}`);
  return [...found].sort();
}

/** Kinds of AWS that the table does not know. */
export function unknownKinds(kinds: Iterable<string>): string[] {
  return [...new Set(kinds)].filter((kind) => kind.startsWith("aws:") && !Object.hasOwn(kindActions, kind)).sort();
}

/**
 * The permissions for some kinds of resources of a site. What touches roles is bound to those that the site names.
 *
 * @param site name of the site, which its roles begin with
 */
export function permissionPolicies(kinds: Iterable<string>, site: string): PermissionPolicy[] {
  const actions = actionsOf(kinds);
  const pass: string[] = actions.filter((action) => action === "iam:PassRole");
  const linked: string[] = actions.filter((action) => action === "iam:CreateServiceLinkedRole");
  const apart = new Set<string>([...pass, ...linked]);
  const ofIam = actions.filter((action) => action.startsWith("iam:") && !apart.has(action));
  const rest = actions.filter((action) => !action.startsWith("iam:"));
  const services = [...new Set(rest.map((action) => action.split(":")[0]!))];
  const statement = (Sid: string, Action: string[], Resource: string): PermissionStatement => ({
    ...{ Sid, Effect: "Allow", Action, Resource },
  });
  const own = `arn:aws:iam::*:*/${site}-*`;
  return divided([
    ...services.map((service) =>
      statement(
        capital(service),
        rest.filter((action) => action.startsWith(`${service}:`)),
        "*",
      ),
    ),
    ...(ofIam.length ? [statement("Roles", ofIam, own)] : []),
    ...(pass.length
      ? [{ ...statement("PassRole", pass, own), Condition: { StringEquals: { "iam:PassedToService": passedTo } } }]
      : []),
    ...(linked.length ? [statement("OwnRolesOfServices", linked, "arn:aws:iam::*:role/aws-service-role/*")] : []),
  ]);
}

/** Longest managed policy, in characters without white space (IAM User Guide, "IAM and AWS STS quotas"). */
const longestPolicy = 6144;

/** As many policies as the quota asks for. A statement alone is far shorter. */
function divided(statements: readonly PermissionStatement[]): PermissionPolicy[] {
  const policy = (...Statement: PermissionStatement[]): PermissionPolicy => ({ Version: "2012-10-17", Statement });
  const policies: PermissionPolicy[] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    const joined = last && policy(...last.Statement, statement);
    if (joined && JSON.stringify(joined).length <= longestPolicy) policies[policies.length - 1] = joined;
    else policies.push(policy(statement));
  }
  return policies;
}

/** Sids are of letters and digits. */
function capital(service: string): string {
  const letters = service.replace(/[^a-z0-9]/g, "");
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}
