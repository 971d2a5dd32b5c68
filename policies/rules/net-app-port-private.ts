import { overlap } from "../../components/app/traffic";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { ofType } from "../graph/graph";
import { readContractOf } from "../hosts/derived-contract";
import { loadBalancerTypes } from "../hosts/entries";
import { Host } from "../hosts/host";
import { attachedGroups } from "../network/attached-groups";
import { Direction, Permission, permissionsOf, permissionText } from "../network/permission";
import { carries } from "../network/protocol";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** Who reaches the app's own port passes by TLS, limits and headers of the web server. */
export const netAppPortPrivate: Rule<Host> = {
  id: "net-app-port-private",
  item: "ports-open",
  title: "Apps are reached through the web server or a load balancer only",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "No security group of a host may let anybody to the port of an app: neither the world nor a private network. The one " +
    "exception is the group of a load balancer, where no web server of the host stands before the app. A rule for all " +
    "protocols, or for a range that holds the port, counts. Apps that listen on unix sockets have no port to protect.",
  targets: ({ hosts }: Context) => hosts.filter(({ machine, contract }) => machine && contract.appPorts?.length),
  check(host, context) {
    const { groups = [], uncertain = null } = host.machine?.groups ?? {};
    const ports = host.contract.appPorts ?? [];
    const permissions = permissionsOf(groups, Direction.Ingress, context);
    const drafts = ports.flatMap((port) =>
      permissions.flatMap((permission) => checkPermission(host, port, permission, context)),
    );
    if (uncertain !== null)
      drafts.push(unknown(`other groups may let somebody in: ${uncertain}`, checkLater, { about: "groups" }));
    if (drafts.length > 0) return drafts;
    return [pass(`no security group lets anybody to ${portList(ports)}`)];
  },
};

function checkPermission(host: Host, port: number, permission: Permission, context: Context): Draft[] {
  const { protocol, ports } = permission;
  if (protocol !== null && !carries(protocol, "tcp")) return [];
  if (ports !== null && !overlap(ports, { from: port, to: port })) return [];
  if (!isBehindWebServer(host, port) && isLoadBalancers(permission, context)) return [];
  const what = permissionText(permission);
  const about = `${port} ${what}`;
  if (protocol === null || ports === null)
    return [unknown(`${what} may lead to app port ${port}`, checkLater, { about })];
  return [
    fail(
      `${what} leads to app port ${port} past the web server`,
      "take the port out of the rule, or give the app a unix socket",
      {
        about,
        resource: permission.urn,
      },
    ),
  ];
}

/** Whether a web server on the host hands requests to the port, so that nobody else has a reason to. */
function isBehindWebServer({ view }: Host, port: number): boolean {
  return view.plan !== null || (readContractOf(view).appPorts ?? []).includes(port);
}

/** Whether a permission is for members of a group that a load balancer has. */
function isLoadBalancers({ peer }: Permission, { graph }: Context): boolean {
  return (
    peer.group !== undefined &&
    ofType(graph, ...loadBalancerTypes).some((balancer) =>
      attachedGroups(graph, balancer).groups.some(({ urn }) => urn === peer.group),
    )
  );
}

const portList = (ports: readonly number[]): string => `app port${ports.length > 1 ? "s" : ""} ${ports.join(", ")}`;
