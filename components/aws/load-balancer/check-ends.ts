import type { Input } from "@pulumi/pulumi";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { planTraffic } from "../plan-traffic";
import type { PeerGroup, PeerPrefixList } from "../traffic-args";

/** A machine that answers. */
export interface BalancerTarget {
  /** What resources are called by it. @example "web" */
  name: string;
  /** Id of the instance. @example server.instanceId */
  instanceId: Input<string>;
}

/** Who is at the two ends of a balancer: who may connect to it, and what it connects to. */
export interface BalancerEnds {
  clients?: string[];
  clientList?: PeerPrefixList;
  hosts: PeerGroup[];
  targets?: BalancerTarget[];
}

/** Checks what a balancer connects to. */
export function checkEnds({ clients, clientList, hosts, targets = [] }: BalancerEnds, report: Report): void {
  if (clients && clientList) report.in("clientList").refuseUnseen("is given beside clients", "leave one of them out");
  if (hosts.length === 0)
    report.in("hosts").refuseUnseen("names no security group", "name those of the hosts, or nothing reaches them");
  checkTargets(targets, report.in("targets"));
}

/** What is wrong with clients and hosts, which are the traffic of a security group. */
export function peerProblems({ clients = [], clientList, hosts }: BalancerEnds): Problem[] {
  const traffic = {
    ingress: [
      ...clients.map((peer) => ({ port: "https", peer })),
      ...(clientList ? [{ port: "https", prefixList: clientList }] : []),
    ],
    egress: hosts.map((group) => ({ port: "https", group })),
  };
  const here = (path: string): string =>
    path
      .replace(/^ingress(\[\d+\])\.peer/, "clients$1")
      .replace(/^ingress\[\d+\]\.prefixList/, "clientList")
      .replace(/^egress(\[\d+\])\.group/, "hosts$1");
  return planTraffic(traffic).problems.map((problem) => ({ ...problem, path: here(problem.path) }));
}

function checkTargets(targets: readonly BalancerTarget[], report: Report): void {
  targets.forEach(({ name }, index) => {
    const place = report.in(index, "name");
    if (!/^[\w.-]{1,64}$/.test(name))
      place.refuse(name, "cannot be part of a resource's name", "use letters, digits, dots, hyphens and underscores");
    if (targets.findIndex((other) => other.name === name) < index)
      place.refuse(name, "is there twice", "give each machine a name of its own");
  });
}
