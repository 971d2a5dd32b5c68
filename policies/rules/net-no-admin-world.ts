import { overlap } from "../../components/app/traffic";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Direction, isWorldPeer, Permission, permissionText } from "../network/permission";
import { carries } from "../network/protocol";
import { Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** Ports of remote administration, and the transports they use. */
const adminPorts = [
  { name: "SSH", port: 22, transports: ["tcp"] },
  { name: "Remote Desktop", port: 3389, transports: ["tcp", "udp"] },
];

/** Passwords for these ports are guessed all day long. */
export const netNoAdminWorld: Rule<Permission> = {
  id: "net-no-admin-world",
  item: "ports-open",
  title: "SSH and Remote Desktop are closed to the world",
  severity: Severity.Critical,
  level: Level.Mandatory,
  help:
    "Ports 22 and 3389 are looked for in every rule that is open to the world, in ranges and in -1 as well, over IPv4 " +
    "and IPv6. Use Session Manager, which needs no open port, or name the addresses of who may come in. Declaring such a " +
    "port public does not help.",
  targets: ({ permissions }: Context) => permissions.filter(({ direction }) => direction === Direction.Ingress),
  check(permission) {
    const about = permissionText(permission);
    const { protocol, ports, peer } = permission;
    const world = isWorldPeer(peer);
    const opened = adminPorts.filter(
      ({ port, transports }) =>
        (protocol === null || transports.some((transport) => carries(protocol, transport))) &&
        (ports === null || overlap(ports, { from: port, to: port })),
    );
    if (world === false || opened.length === 0)
      return [pass(`${about} opens no port of administration to the world`, { about })];
    const names = opened.map(({ name, port }) => `${name} (${port})`).join(" and ");
    if (world === null || protocol === null || ports === null)
      return [unknown(`${about} may open ${names} to the world`, checkLater, { about })];
    return [
      fail(`${about} opens ${names} to the world`, "use Session Manager, or name the addresses of who may come in", {
        about,
      }),
    ];
  },
};
