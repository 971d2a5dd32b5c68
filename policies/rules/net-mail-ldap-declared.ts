import { Reach } from "../../components/app/reach";
import { overlap, PortRange, portsOf, purposes } from "../../components/app/traffic";
import { Context } from "../context";
import { Level, Severity, Status } from "../finding";
import { Host } from "../hosts/host";
import { addressRange, contains } from "../network/address";
import { Direction, PeerKind, Permission, permissionsOf } from "../network/permission";
import { carries, covered, portsText } from "../network/protocol";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** A closed way out shows only when the first mail is sent. */
export const netMailLdapDeclared: Rule<Host> = {
  id: "net-mail-ldap-declared",
  item: "outbound-web",
  title: "Mail servers, directories and all else that apps reach outside are let out",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "For everything that the apps declare to reach (SMTP 25, SMTPS 465, submission 587, LDAP 389, LDAPS 636, HTTP, HTTPS, " +
    "or a port of their own) a security group of the host has to let it out, to the declared addresses if some are. AWS's " +
    "provider takes away the rule that lets everything out, so a group without egress rules lets nothing out.",
  targets: ({ hosts }: Context) => hosts.filter(({ machine, contract }) => machine && contract.outbound),
  check(host, context) {
    const { groups = [], uncertain = null } = host.machine?.groups ?? {};
    const egress = permissionsOf(groups, Direction.Egress, context);
    const outbound = host.contract.outbound ?? [];
    const drafts = outbound.map((reach) => checkReach(reach, egress, uncertain));
    const unused = Object.entries(items).filter(([item]) => drafts.every((draft) => draft.item !== item));
    return [
      ...drafts,
      ...unused.map(([item, { what }]) => ({
        status: Status.NotApplicable,
        item,
        about: what,
        message: `no app is declared to reach ${what}`,
      })),
    ];
  },
};

/** Items of the checklist, and the ports that each asks for; the last takes all others. */
const items: Readonly<Record<string, { readonly what: string; readonly purposes: readonly string[] }>> = {
  "outbound-mail": { what: "a mail server", purposes: ["smtp", "smtps", "submission"] },
  "outbound-directory": { what: "a directory", purposes: ["ldap", "ldaps"] },
  "outbound-web": { what: "anything else", purposes: [] },
};

function checkReach(reach: Reach, egress: readonly Permission[], uncertain: string | null): Draft {
  const ports = portsOf(reach.port)!;
  const what = reachText(reach, ports);
  const details = { about: what, item: itemOf(ports) };
  const open = egress.filter(
    ({ protocol, peer }) => protocol !== null && carries(protocol, "tcp") && leadsTo(peer, reach) === true,
  );
  if (
    covered(
      ports,
      open.flatMap((permission) => permission.ports ?? []),
    )
  )
    return pass(`${what} is let out`, details);
  if (uncertain !== null) return unknown(`whether ${what} is let out is not known: ${uncertain}`, checkLater, details);
  const unsure = egress.some(
    (permission) =>
      permission.protocol === null || permission.ports === null || leadsTo(permission.peer, reach) === null,
  );
  if (unsure) return unknown(`whether ${what} is let out is not known before the deployment`, checkLater, details);
  return fail(
    `an app reaches ${what}, but no security group lets it out`,
    `add an egress rule for tcp/${portsText(ports)}`,
    details,
  );
}

/** Whether a rule's peer is where the app wants to go; null when nobody can tell. Names lead wherever their DNS says. */
function leadsTo(peer: Permission["peer"], { peer: wanted }: Reach): boolean | null {
  const range = wanted === undefined ? undefined : addressRange(wanted);
  if (peer.kind === PeerKind.Unknown) return null;
  if (range === undefined) return true;
  return peer.range === undefined ? null : contains(peer.range, range);
}

/** The item of the checklist that asks for the ports. */
function itemOf(ports: PortRange): string {
  const asks = Object.entries(items).find(([, item]) =>
    item.purposes.some((purpose) => overlap(ports, portsOf(purpose)!)),
  );
  return asks?.[0] ?? "outbound-web";
}

function reachText({ port, peer }: Reach, ports: PortRange): string {
  const name = Object.hasOwn(purposes, port) ? `${port} (${portsText(ports)})` : `port ${portsText(ports)}`;
  return peer === undefined ? name : `${name} at ${peer}`;
}
