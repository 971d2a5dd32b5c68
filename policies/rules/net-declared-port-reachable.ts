import { Context } from "../context";
import { OpenPorts, Transport } from "../contract";
import { Level, Severity } from "../finding";
import { UNKNOWN } from "../graph/value";
import { Host, Machine } from "../hosts/host";
import { listeningOf } from "../hosts/listening";
import { portsText } from "../network/protocol";
import { letsThrough } from "../ports/let-through";
import { throughBalancers, throughCdn } from "../ports/way-through";
import { waysIn } from "../ports/ways-in";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** A closed way in looks like a site that is down, and no log tells of who stood before it. */
export const netDeclaredPortReachable: Rule<Host> = {
  id: "net-declared-port-reachable",
  item: "ports-reachable",
  title: "Each declared port can be reached, through CDN, balancer and security groups",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each declared public port needs something that takes its requests: security groups that let somebody in, a listener of " +
    "a balancer, a CDN. A balancer has to let clients in where it listens, and has to be let out to its machines; a machine " +
    "has to let in the CDN that asks it. An office or a prefix list is somebody, another security group of the deployment " +
    "is not. Behind a balancer or CDN that answers port 443, port 80 may be closed.",
  targets: ({ hosts }: Context) => hosts.filter(({ machine, contract }) => machine && contract.publicPorts?.length),
  check(host, context) {
    const { machine } = host;
    const declared = host.contract.publicPorts ?? [];
    if (!machine) return [];
    const listening = listeningOf(host);
    // A CDN redirects by itself, and asks a balancer where that ends TLS.
    const isAsked = (ports: OpenPorts): boolean => machine.entries.distributions.length === 0 || !isPlainHttp(ports);
    return [
      ...declared
        .filter((ports) => isNeeded(machine, ports, context))
        .map((ports) => checkWay(machine, ports, context)),
      ...throughBalancers(host, machine, declared.filter(isAsked), listening, context),
      ...throughCdn(host, machine, listening, context),
    ];
  },
};

/** Plain HTTP is for redirects, where somebody stands before the host: without them, those who ask for HTTPS get there. */
function isNeeded(machine: Machine, ports: OpenPorts, context: Context): boolean {
  const { loadBalancers, distributions } = machine.entries;
  if (!isPlainHttp(ports) || loadBalancers.length + distributions.length === 0) return true;
  return letsThrough(waysIn(machine, Transport.Tcp, context), { from: 443, to: 443 }) === false;
}

const isPlainHttp = ({ from, to, transport }: OpenPorts): boolean =>
  from === 80 && to === 80 && transport === Transport.Tcp;

function checkWay(machine: Machine, ports: OpenPorts, context: Context): Draft {
  const what = `${ports.transport}/${portsText(ports)}`;
  const details = { about: what };
  const reached = letsThrough(waysIn(machine, ports.transport, context), ports);
  if (reached === true) return pass(`${what} can be reached`, details);
  if (reached === UNKNOWN) return unknown(`whether anybody reaches ${what} is not known`, checkLater, details);
  return fail(
    `${what} is declared public, and nobody reaches it`,
    "add an ingress rule or a listener for it, or take it out of the public ports",
    details,
  );
}
