import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { listeningOf } from "../hosts/listening";
import { declaredChain, upstreamChain } from "../ports/host-chain";
import { originChain } from "../ports/origin-chain";
import { targetChain } from "../ports/target-chain";
import { Rule } from "../rule";

/** Where two ends of one connection name different ports, the site is down, and each end by itself looks right. */
export const portChainConsistent: Rule<Host> = {
  id: "port-chain-consistent",
  item: "ports-reachable",
  title: "Whoever asks and whoever listens mean the same port, from the entry to the app",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each connection of the chain is held against its other end: a CDN's origin against the listeners of the balancer or " +
    "nginx; a target group's port and protocol against what the host listens on, and against the security groups that let " +
    "the balancer in; its health check's port, protocol and path against what nginx answers there; the addresses that nginx " +
    "hands requests to against the sockets and command lines of services; and all of them against the declared ports. Where " +
    "a service keeps its port in a file of its own, it is not known.",
  targets: ({ hosts }: Context) => hosts,
  check(host, context) {
    const { machine, view } = host;
    const listening = listeningOf(host);
    return [
      ...(machine ? originChain(host, machine, listening, context) : []),
      ...(machine ? targetChain(host, machine, listening, context) : []),
      ...(view.nginx ? upstreamChain(host, view.nginx, listening) : []),
      ...declaredChain(host, listening),
    ];
  },
};
