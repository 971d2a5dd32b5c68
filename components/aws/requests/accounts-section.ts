import type { App } from "../../app/app";
import { overlap, portsOf } from "../../app/traffic";
import { permissionPolicies } from "../permissions/permissions";
import { bullets, code, codeBlock } from "./markdown";
import type { RequestFacts } from "./request-facts";

/** Services that people get an account at, by the ports that they are reached by. */
const services: readonly (readonly [what: string, ports: readonly string[]])[] = [
  ["an account to send mail with, and the sender's address that it may use", ["smtp", "smtps", "submission"]],
  ["an account to search the directory with, and the base of the search", ["ldap", "ldaps"]],
];

/** Accounts and secrets that somebody hands over. Names only: a value does not belong into a sheet. */
export function accountsSection({ apps }: RequestFacts): string[] {
  const accounts = apps.flatMap((app) => services.flatMap(([what, ports]) => accountOf(app, what, ports)));
  const secrets = apps.flatMap((app) =>
    (app.secrets ?? []).filter(({ generate }) => !generate).map(({ name }) => code(`${app.name}/${name}`)),
  );
  if (!accounts.length && !secrets.length) return [];
  return [
    "## Accounts and secrets",
    ...(accounts.length ? ["Please give us:", bullets(accounts)] : []),
    ...(secrets.length
      ? ["The values of these secrets, by a way that nobody else reads, never by this sheet:", bullets(secrets)]
      : []),
  ];
}

function accountOf(app: App, what: string, ports: readonly string[]): string[] {
  const peers = (app.reach ?? [])
    .filter(({ port }) => {
      const range = portsOf(port);
      return range !== undefined && ports.some((one) => overlap(range, portsOf(one)!) && range.to - range.from < 1000);
    })
    .map(({ port, peer }) => `${peer === undefined ? "your server" : code(peer)} by ${port}`);
  return peers.length ? [`${what}, for ${code(app.name)}: ${[...new Set(peers)].join(", ")}`] : [];
}

/** What whoever runs Pulumi may do in AWS. */
export function permissionsSection({ kinds, site }: RequestFacts): string[] {
  const policies = permissionPolicies(kinds, site);
  return [
    "## Permissions in AWS",
    `Who deploys the site needs ${policies.length === 1 ? "this policy" : "these policies"} of IAM, which ${policies.length === 1 ? "follows" : "follow"} from what the ` +
      "site is made of: to make, read, change and delete it.",
    ...policies.map((policy) => codeBlock(compact(policy.Statement), "json")),
  ];
}

/** JSON with one statement a line. */
function compact(statements: readonly object[]): string {
  const lines = statements.map((statement) => `    ${JSON.stringify(statement)}`);
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n${lines.join(",\n")}\n  ]\n}`;
}
