import { Context } from "../context";
import { webPorts } from "../contract";
import { Level, Severity } from "../finding";
import { Direction, isWorldPeer, Permission, permissionText } from "../network/permission";
import { covered, hasPorts } from "../network/protocol";
import { Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** A port that nobody meant to open is found by scanners within minutes. */
export const netIngressDeclaredOnly: Rule<Permission> = {
  id: "net-ingress-declared-only",
  item: "ports-open",
  title: "The world reaches only the ports that are declared public",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each rule of each security group that is open to the world (0.0.0.0/0, ::/0 and every range too wide to be one " +
    "party's) is compared with the public ports of the machines that have the group: those the apps declare, or 80 and " +
    "443. Ranges have to lie inside as a whole; -1 is all protocols and ports. Groups, prefix lists and the group itself " +
    "are not the world. ICMP has no ports and is left alone.",
  targets: ({ permissions }: Context) => permissions.filter(({ direction }) => direction === Direction.Ingress),
  check(permission, context) {
    const about = permissionText(permission);
    const world = isWorldPeer(permission.peer);
    if (world === false) return [pass(`${about} is not open to the world`, { about })];
    const { protocol, ports } = permission;
    if (protocol === "icmp" || protocol === "icmpv6") return [pass(`${about} opens no port`, { about })];
    if (protocol !== null && ports !== null && isDeclared(protocol, permission, context))
      return [pass(`${about} is declared public`, { about })];
    if (world === null || protocol === null || ports === null)
      return [unknown(`${about}: who may come in, or where, is not known`, checkLater, { about })];
    return [
      fail(
        `${about} is open to the world, but not declared`,
        "close it, name who may come in, or declare the port public",
        { about },
      ),
    ];
  },
};

/** Whether all machines that have the group declare all of the ports. A group that no machine has gets a web server's. */
function isDeclared(protocol: string, { ports, groups }: Permission, context: Context): boolean {
  if (!hasPorts(protocol) || ports === null) return false;
  const machines = context.hosts.filter(({ machine }) =>
    machine?.groups.groups.some(({ urn }) => groups.includes(urn)),
  );
  const declarations =
    machines.length > 0 ? machines.map(({ contract }) => contract.publicPorts ?? webPorts) : [webPorts];
  return declarations.every((open) =>
    covered(
      ports,
      open.filter(({ transport }) => transport === protocol),
    ),
  );
}
