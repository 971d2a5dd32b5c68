import type { Problem } from "../../app/problem";
import { applicationLoadBalancerHop } from "../../host/hop";
import { withLiteralDomains } from "../../app/route/domains";
import { directHops, drainSeconds, healthPath, HopChain } from "../../host/hops";
import { appHealth } from "../../host/plan-health";
import type { Traffic, TrafficArgs } from "../traffic-args";
import { balancerName } from "./balancer-name";
import { loadBalancerProblems } from "./check-load-balancer";
import type { LoadBalancerArgs } from "./load-balancer-args";
import { PlannedRule, planRules } from "./plan-rules";

/** The target group of an app. */
export interface PlannedGroup {
  app: string;
  /** What the resource and, with digits behind it, the group in AWS are called. */
  name: string;
  /** Where the balancer asks for the app's health. */
  healthPath: string;
  /** The answer's status. */
  status: number;
  /** How long a machine that goes may finish its answers, in seconds. */
  drainSeconds: number;
}

/** A rule, and whether people have to log in first. */
export interface BalancerRule extends PlannedRule {
  login: boolean;
}

/** All that is known of a balancer before any resource is made, and what is wrong with its description. */
export interface LoadBalancerPlan {
  /** What the resource and, with digits behind it, the balancer in AWS are called. */
  name: string;
  groups: PlannedGroup[];
  rules: BalancerRule[];
  traffic: Required<Traffic>;
  problems: Problem[];
}

/** Plans a balancer, from plain data to plain data. */
export function planLoadBalancer(name: string, args: LoadBalancerArgs): LoadBalancerPlan {
  const hops = { ...directHops, front: [...(args.front ?? []), applicationLoadBalancerHop(args)] };
  const { rules, problems } = planRules(args.apps, args.priorities);
  const found = [...loadBalancerProblems(args, hops.front), ...problems];
  return {
    name: balancerName(name),
    groups: found.length > 0 ? [] : planGroups(name, args, hops),
    rules: rules.map((rule) => ({ ...rule, login: needsLogin(rule, args) })),
    traffic: planBalancerTraffic(args),
    problems: found,
  };
}

/** Longest time that AWS waits for a target that goes (Elastic Load Balancing, "Edit target group attributes"), in seconds. */
const longestDrainSeconds = 3600;

function planGroups(name: string, { apps, internal }: LoadBalancerArgs, hops: HopChain): PlannedGroup[] {
  return withLiteralDomains(apps).flatMap((app) => {
    const health = appHealth(app, hops);
    if (!health) return [];
    return [
      {
        app: app.name,
        // A group belongs to one balancer at a time, and an internal balancer is another one than a public one.
        name: internal ? balancerName(name, "in", app.name) : balancerName(name, app.name),
        healthPath: healthPath(app.name),
        status: health.status,
        drainSeconds: Math.min(drainSeconds(app.routes ?? [], hops), longestDrainSeconds),
      },
    ];
  });
}

function needsLogin({ domain }: PlannedRule, { login }: LoadBalancerArgs): boolean {
  return login !== undefined && (login.domains?.includes(domain) ?? true);
}

function planBalancerTraffic({ clients, clientList, hosts, login }: LoadBalancerArgs): Required<Traffic> {
  const from = clients ?? [undefined];
  const toHosts: TrafficArgs[] = hosts.map((group) => ({ port: "https", group }));
  return {
    ingress: clientList
      ? [{ port: "https", prefixList: clientList }]
      : ["https", "http"].flatMap((port) => from.map((peer) => ({ port, peer }))),
    // To the provider of identities the balancer connects by IPv4 (Elastic Load Balancing, "Authenticate users").
    egress: login ? [...toHosts, { port: "https", peer: "0.0.0.0/0" }] : toHosts,
  };
}
