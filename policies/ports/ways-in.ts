import { PortRange } from "../../components/app/traffic";
import { Listener, listeners } from "../balancers/listeners";
import { Context } from "../context";
import { Transport, webPorts } from "../contract";
import { Resource } from "../graph/graph";
import { entry, list, truth, wholeNumber } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";
import { Machine } from "../hosts/host";
import { attachedGroups } from "../network/attached-groups";
import { allPorts } from "../network/protocol";
import { fromOutside, LetThrough } from "./let-through";

const classicType = "aws:elb/loadBalancer:LoadBalancer";

/** The ports of a transport at which something takes requests for a machine: the machine itself, a balancer, a CDN. */
export function waysIn(machine: Machine, transport: Transport, context: Context): LetThrough {
  const { loadBalancers, distributions } = machine.entries;
  const own = fromOutside(machine.groups, transport, context, {
    groups: loadBalancers.flatMap((balancer) => attachedGroups(context.graph, balancer).groups),
    prefixLists: distributions.length > 0,
  });
  const ports = [
    ...listenersBefore(machine, context)
      .filter((listener) => listensFor(listener, transport))
      .map(portOf),
    ...(transport === Transport.Tcp
      ? loadBalancers.filter(({ type }) => type === classicType).flatMap(classicPorts)
      : []),
  ];
  const web = transport === Transport.Tcp ? webPorts : [];
  const enabled = distributions.map(({ properties }) => truth(properties["enabled"]));
  return {
    open: [...own.open, ...ports.filter((port) => port !== UNKNOWN), ...(enabled.some(isOn) ? web : [])],
    unsure: [...own.unsure, ...(ports.includes(UNKNOWN) ? [allPorts] : []), ...(enabled.includes(UNKNOWN) ? web : [])],
  };
}

const isOn = (enabled: boolean | undefined | Unknown): boolean => enabled !== false && enabled !== UNKNOWN;

/** The listeners of the balancers in front of a machine. */
export function listenersBefore({ entries }: Machine, { graph }: Context): Listener[] {
  return listeners(graph).filter(({ balancers }) => balancers.some((one) => entries.loadBalancers.includes(one)));
}

/** Whether a listener takes packets of a transport; of one whose protocol is not known, it may. */
export function listensFor({ protocol }: Listener, transport: Transport): boolean {
  if (protocol === undefined) return false;
  if (protocol === UNKNOWN) return true;
  if (transport === Transport.Udp) return /UDP|QUIC/.test(protocol);
  return protocol !== "UDP" && protocol !== "QUIC";
}

function portOf({ resource, protocol }: Listener): PortRange | Unknown {
  const port = wholeNumber(resource.properties["port"]);
  return port === undefined || port === UNKNOWN || protocol === UNKNOWN ? UNKNOWN : { from: port, to: port };
}

/** The ports of a Classic Load Balancer, whose listeners are a property of it. */
function classicPorts({ properties }: Resource): (PortRange | Unknown)[] {
  const blocks = list(properties["listeners"]);
  if (blocks === UNKNOWN) return [UNKNOWN];
  return blocks.map((block) => {
    const port = wholeNumber(entry(block, "lbPort"));
    return port === undefined || port === UNKNOWN ? UNKNOWN : { from: port, to: port };
  });
}
