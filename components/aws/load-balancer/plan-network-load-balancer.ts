import { Problem } from "../../app/problem";
import { portFault, portsOf, purposes } from "../../app/traffic";
import { Report } from "../../app/validation/report";
import { checkRange, isWhole } from "../../app/validation/text";
import { balancerName } from "./balancer-name";
import type { Traffic } from "../traffic-args";
import { checkEnds, peerProblems } from "./check-ends";
import type { NetworkListenerArgs, NetworkLoadBalancerArgs } from "./network-load-balancer-args";

/** A listener, and the group of machines behind it. */
export interface PlannedListener {
  /** Names the listener by its purpose or port, e.g. `ldaps`. */
  key: string;
  /** What the group is called, with digits behind it in AWS. */
  groupName: string;
  port: number;
  hostPort: number;
  proxyProtocol: boolean;
  idleSeconds: number;
}

/** All that is known of a balancer before any resource is made, and what is wrong with its description. */
export interface NetworkLoadBalancerPlan {
  /** What the resource and, with digits behind it, the balancer in AWS are called. */
  name: string;
  listeners: PlannedListener[];
  /** Ports of the hosts that the balancer connects to, each once and by its purpose. */
  hostPorts: [purpose: string, port: number][];
  traffic: Required<Traffic>;
  problems: Problem[];
}

/** Least, most and usual seconds (Elastic Load Balancing, "Listeners for your Network Load Balancers"). */
const idle = { least: 60, most: 6000, usual: 350 };

/** Listeners of one balancer (Elastic Load Balancing, "Quotas for your Network Load Balancers"). */
const mostListeners = 50;

/** Plans a balancer that passes connections on, from plain data to plain data. */
export function planNetworkLoadBalancer(name: string, args: NetworkLoadBalancerArgs): NetworkLoadBalancerPlan {
  const problems = problemsOf(args);
  const listeners = problems.length > 0 ? [] : args.listeners.map((listener) => planListener(name, args, listener));
  const hostPorts = [...new Map(listeners.map(({ hostPort }) => [purposeOf(hostPort), hostPort]))];
  return { name: balancerName(name, "tcp"), listeners, hostPorts, traffic: planTcp(args, listeners), problems };
}

function planListener(name: string, { internal }: NetworkLoadBalancerArgs, args: NetworkListenerArgs): PlannedListener {
  const port = portsOf(args.port)!.from;
  const key = purposeOf(port);
  return {
    key,
    // A group belongs to one balancer at a time, and an internal balancer is another one than a public one.
    groupName: internal ? balancerName(name, "in", key) : balancerName(name, key),
    port,
    hostPort: args.hostPort ?? port,
    proxyProtocol: args.proxyProtocol ?? false,
    idleSeconds: args.idleSeconds ?? idle.usual,
  };
}

/** A port has one name, however it was written. */
function purposeOf(port: number): string {
  return Object.keys(purposes).find((purpose) => purposes[purpose] === port) ?? String(port);
}

function planTcp(
  { clients, hosts }: NetworkLoadBalancerArgs,
  listeners: readonly PlannedListener[],
): Required<Traffic> {
  const from = clients ?? [undefined];
  return {
    ingress: listeners.flatMap(({ port }) => from.map((peer) => ({ port: String(port), peer }))),
    egress: listeners.flatMap(({ hostPort }) => hosts.map((group) => ({ port: String(hostPort), group }))),
  };
}

function problemsOf(args: NetworkLoadBalancerArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  args.listeners.forEach((listener, index) => checkListener(listener, args.listeners, report.in("listeners", index)));
  if (args.listeners.length === 0) report.in("listeners").refuseUnseen("names no port", "give one");
  if (args.listeners.length > mostListeners)
    report
      .in("listeners")
      .refuseUnseen(
        `has ${args.listeners.length} ports, and a load balancer at most ${mostListeners}`,
        "put another balancer beside it",
      );
  if (args.subnetIds.length === 0) report.in("subnetIds").refuseUnseen("names no subnet", "give one in each zone");
  checkEnds(args, report);
  return [...problems, ...peerProblems(args)];
}

function checkListener(
  { port, hostPort, idleSeconds }: NetworkListenerArgs,
  all: readonly NetworkListenerArgs[],
  report: Report,
): void {
  const ports = portsOf(port);
  const fault = portFault(port);
  if (fault) report.in("port").refuse(port, fault.reason, fault.fix);
  else if (ports!.from !== ports!.to)
    report.in("port").refuse(port, "is a range, and a listener has one port", "give a listener for each");
  else if (all.filter((other) => portsOf(other.port)?.from === ports!.from).length > 1)
    report.in("port").refuse(port, "is there twice", "leave one of the two out");
  if (hostPort !== undefined && !isWhole(hostPort, 1, 65_535))
    report.in("hostPort").refuse(hostPort, "is no port", "use 1 to 65535");
  checkRange(idleSeconds, [idle.least, idle.most], report.in("idleSeconds"));
}
