import { forwarded } from "../balancers/forwards";
import { Listener } from "../balancers/listeners";
import { originsOf } from "../cdn/distributions";
import { endsOf } from "../cdn/requests";
import { Context } from "../context";
import { OpenPorts, Transport } from "../contract";
import { Status } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { text, truth, wholeNumber } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { Host, Machine } from "../hosts/host";
import { HostListening } from "../hosts/listening";
import { registrationsOf } from "../hosts/target-groups";
import { Draft } from "../rule";
import { checkLater, fail, pass, unknown } from "../rules/drafts";
import { letsIn } from "./balancer-access";
import { HealthCheck, healthCheckOf } from "./health-check";
import { balancerGroups, fromOutside, letsThrough, towards } from "./let-through";
import { openEnds } from "./open-ends";
import { AskedPort, portsOf } from "./origin-chain";
import { Asked, checkEnds } from "./target-chain";
import { listenersBefore, listensFor } from "./ways-in";

const single = (port: number) => ({ from: port, to: port });

/** Whether security groups let clients in at each listener for declared ports, and each balancer out to the machine. */
export function throughBalancers(
  host: Host,
  machine: Machine,
  declared: readonly OpenPorts[],
  listening: HostListening,
  context: Context,
): Draft[] {
  const found = listenersBefore(machine, context).flatMap((listener) => {
    const port = wholeNumber(listener.resource.properties["port"]);
    const meant = declared.find(
      ({ from, to, transport }) =>
        typeof port === "number" && from <= port && port <= to && listensFor(listener, transport),
    );
    return meant && typeof port === "number" ? [{ listener, port, transport: meant.transport }] : [];
  });
  const leading = found.map(({ listener }) => listener);
  return [
    ...found.map(({ listener, port, transport }) => letsClientsIn(listener, port, transport, context)),
    ...registrationsOf(context.graph, machine.resource).flatMap(({ group, port }) => {
      type Connection = Pick<HealthCheck, "port" | "protocol">;
      const own: Connection = {
        port: port ?? wholeNumber(group.properties["port"]),
        protocol: text(group.properties["protocol"]) ?? "HTTP",
      };
      const health: Connection = healthCheckOf(group);
      const hasOwnPort = health.port !== undefined && health.port !== own.port;
      const isTcp = !/UDP|QUIC/.test(String(own.protocol));
      const ports = [...(isTcp ? [own] : []), ...(hasOwnPort ? [health] : [])];
      const balancers = leading
        .filter((listener) => handsOn(context.graph, listener, group))
        .flatMap((listener) => listener.balancers);
      return [...new Set(balancers)].flatMap((balancer) =>
        ports
          .flatMap((one) => (typeof one.port === "number" ? [{ ...one, port: one.port, what: group.name }] : []))
          .filter((one) => !isChainsFault(balancer, one))
          .map((one) => letsBalancerOut(balancer, group, machine, one.port, context)),
      );
    }),
  ];

  /** What is wrong with the port itself, or with the machine's own groups, the chain of ports says. */
  function isChainsFault(balancer: Resource, asked: Asked): boolean {
    const ends = checkEnds(host, openEnds(host, listening, asked.port), asked, { about: "" });
    return ends?.status === Status.Fail || letsIn(machine, balancer, asked.port, context) === false;
  }
}

/** Whether a listener hands requests to a target group, by itself or by a rule. */
function handsOn(graph: Graph, { resource, rules }: Listener, group: Resource): boolean {
  const all: ReturnType<typeof forwarded>[] = [
    forwarded(graph, resource, "defaultActions"),
    ...rules.map((rule) => forwarded(graph, rule, "actions")),
  ];
  return all.some((found) => found !== null && found !== UNKNOWN && found.groups.includes(group));
}

function letsClientsIn({ resource, balancers }: Listener, port: number, transport: Transport, context: Context): Draft {
  const details = { about: resource.name, resource: resource.urn };
  const lets = balancers.map((one) =>
    letsThrough(fromOutside(balancerGroups(one, context), transport, context), single(port)),
  );
  const names = balancers.map(({ name }) => name).join(", ");
  if (lets.includes(false))
    return fail(
      `no security group of ${names} lets anybody in at port ${port}, where ${resource.name} listens`,
      `add an ingress rule for ${transport}/${port}`,
      details,
    );
  if (lets.includes(UNKNOWN))
    return unknown(`whether ${names} lets anybody in at port ${port} is not known`, checkLater, details);
  return pass(`${names} lets clients in at port ${port}`, details);
}

function letsBalancerOut(
  balancer: Resource,
  group: Resource,
  { groups }: Machine,
  port: number,
  context: Context,
): Draft {
  const details = { about: `${balancer.name} to ${group.name} ${port}`, resource: balancer.urn };
  const out = letsThrough(towards(balancerGroups(balancer, context), groups.groups, context), single(port));
  if (out === true) return pass(`${balancer.name} may ask the machines of ${group.name} on port ${port}`, details);
  // Groups of the machine that are not known may be those that the balancer is let out to.
  if (out === UNKNOWN || groups.uncertain !== null)
    return unknown(
      `whether ${balancer.name} is let out to ${group.name} on port ${port} is not known`,
      checkLater,
      details,
    );
  return fail(
    `no security group of ${balancer.name} lets it out to the machines of ${group.name} on port ${port}`,
    `add an egress rule for tcp/${port} to the group of the machines`,
    details,
  );
}

/** Whether the machine lets in each CDN that asks it, at the ports where it does. */
export function throughCdn(host: Host, machine: Machine, listening: HostListening, context: Context): Draft[] {
  return machine.entries.distributions
    .filter(({ properties }) => truth(properties["enabled"]) !== false)
    .flatMap((distribution) => {
      const origins = originsOf(distribution);
      if (origins === UNKNOWN) return [];
      return origins
        .filter((origin) => endsOf(distribution, origin, context).some((end) => machine.entries.own.includes(end)))
        .flatMap((origin) => portsOf(origin).flatMap((asked) => letsCdnIn(distribution, origin.name, asked)));
    });

  function letsCdnIn(distribution: Resource, origin: string, { port, protocol }: AskedPort): Draft[] {
    const details = { about: `${origin} ${protocol}`, resource: distribution.urn };
    if (port === UNKNOWN) return []; // the chain of ports says so
    const ends = checkEnds(host, openEnds(host, listening, port), { port, protocol, what: origin }, details);
    if (ends?.status === Status.Fail) return [];
    const lets = letsThrough(fromOutside(machine.groups, Transport.Tcp, context), single(port));
    if (lets === true) return [pass(`${distribution.name} is let in at port ${port}`, details)];
    if (lets === UNKNOWN)
      return [unknown(`whether ${distribution.name} is let in at port ${port} is not known`, checkLater, details)];
    return [
      fail(
        `${distribution.name} asks ${origin} on port ${port}, where no security group of the host lets anybody in`,
        `add an ingress rule for tcp/${port} from CloudFront's prefix list`,
        details,
      ),
    ];
  }
}
