import { Charge, kindCharges, usedBy } from "./kind-costs";
import { prices, pricesDate, RegionPrices, standInRegion } from "./prices";

/** What the cost of a site is estimated from. */
export interface CostFacts {
  region: string;
  instanceType: string;
  /** Least and greatest number of machines; the same for one server. */
  machines: { least: number; most: number };
  /** Size of each root volume. */
  rootGiB: number;
  /** Size of the volume with the data; 0 for none. */
  dataGiB: number;
  /** Zones of a balancer and of endpoints; 0 for one server. */
  zones: number;
  /** Interface endpoints in each zone. */
  interfaceEndpoints: number;
  /** The nodes of each shared Redis. */
  redis: { nodeType: string; nodes: number };
  /** How many resources there are, by kind. */
  counts: Readonly<Record<string, number>>;
}

/** One line of an estimate. */
export interface CostLine {
  /** What is charged. */
  what: string;
  /** How many of the unit. */
  quantity: number;
  /** What is counted, e.g. `machine`; `by use` where nobody knows how much it will be. */
  unit: string;
  /** In US dollars. @default not known: it is charged by use @example 17.52 */
  usdPerMonth?: number;
}

/** What a site costs in a month, roughly: list prices, without taxes, discounts, free tiers and what is charged by use. */
export interface CostEstimate {
  /** Says what it is. */
  note: string;
  /** The month of the prices. */
  date: string;
  /** The region of the prices. */
  region: string;
  lines: CostLine[];
  /** Sum of the lines, with the least number of machines. */
  usdPerMonth: number;
  /** The same with the greatest number of machines. */
  usdPerMonthAtMost: number;
}

/** AWS's own calculator counts a month as 730 hours. */
const hours = 730;

const redisKind = "aws:elasticache/replicationGroup:ReplicationGroup";

/** Each target-tracking policy has an alarm for more machines and one for fewer. */
const alarmsOfPolicy = 2;

/** Estimates what a site costs, from plain data to plain data. */
export function estimateCosts(facts: CostFacts): CostEstimate {
  const region = Object.hasOwn(prices, facts.region) ? facts.region : standInRegion;
  const list = prices[region]!;
  const least = fixedLines(facts, list, facts.machines.least);
  const most = fixedLines(facts, list, facts.machines.most);
  const unknown = least.filter(({ usdPerMonth }) => usdPerMonth === undefined);
  return {
    note: [
      `An estimate by list prices of ${pricesDate}, without taxes, discounts and free tiers.`,
      ...(region === facts.region ? [] : [`Prices are those of ${region}: none of ${facts.region} are known here.`]),
      ...unknown.map(({ what }) => `The price of ${what} is not known here, and not in the sum.`),
      ...(facts.machines.most > facts.machines.least ? [`The lines are of ${facts.machines.least} machines.`] : []),
    ].join(" "),
    date: pricesDate,
    region,
    lines: [...least, ...useLines(facts)],
    usdPerMonth: sum(least),
    usdPerMonthAtMost: sum(most),
  };
}

function fixedLines(facts: CostFacts, list: RegionPrices, machines: number): CostLine[] {
  const count = (kind: string): number => facts.counts[kind] ?? 0;
  const isFleet = count("aws:autoscaling/group:Group") > 0;
  const balancers = count("aws:lb/loadBalancer:LoadBalancer");
  const addresses = count("aws:ec2/eip:Eip") + (isFleet ? machines : 0) + balancers * facts.zones;
  const alarms =
    count("aws:cloudwatch/metricAlarm:MetricAlarm") + alarmsOfPolicy * count("aws:autoscaling/policy:Policy");
  const endpoints = facts.interfaceEndpoints * facts.zones;
  const hour = list.instanceHour[facts.instanceType];
  const volumes = machines * facts.rootGiB + facts.dataGiB;
  return [
    line(`EC2 ${facts.instanceType}, Linux, on demand`, machines, "machine", hour && hour * hours),
    line("EBS gp3", volumes, "GiB", list.volumeGiB),
    line("public IPv4 addresses", addresses, "address", list.addressHour * hours),
    line("Application Load Balancer", balancers, "balancer", list.balancerHour * hours),
    line("NAT gateways", count("aws:ec2/natGateway:NatGateway"), "gateway", list.natHour * hours),
    line("interface endpoints", endpoints, "endpoint and zone", list.endpointHour * hours),
    line("alarms of CloudWatch", alarms, "alarm", list.alarm),
    line(`ElastiCache ${facts.redis.nodeType}`, count(redisKind) * facts.redis.nodes, "node", undefined),
    line("keys of KMS", count("aws:kms/key:Key"), "key", list.key),
  ].filter(({ quantity }) => quantity > 0);
}

function line(what: string, quantity: number, unit: string, usd: number | undefined): CostLine {
  return { what, quantity, unit, ...(usd !== undefined && { usdPerMonth: cents(quantity * usd) }) };
}

/** What is charged by use, which nobody knows beforehand. */
function useLines({ counts, instanceType }: CostFacts): CostLine[] {
  const has = (kind: string): boolean => (counts[kind] ?? 0) > 0;
  const used = Object.keys(usedBy).filter((kind) => kindCharges[kind] === Charge.ByUse && has(kind));
  return [
    "data out of AWS to the Internet",
    ...(/^t\d/.test(instanceType) && !instanceType.startsWith("t2")
      ? ["bursts of the processor beyond its credits"]
      : []),
    ...(has("aws:lb/loadBalancer:LoadBalancer") ? ["capacity units of the balancer"] : []),
    ...(has("aws:ec2/natGateway:NatGateway") ? ["data through NAT gateways"] : []),
    ...used.map((kind) => usedBy[kind]!),
  ].map((what) => ({ what, quantity: 1, unit: "by use" }));
}

const cents = (usd: number): number => Math.round(usd * 100) / 100;

const sum = (lines: readonly CostLine[]): number =>
  cents(lines.reduce((total, { usdPerMonth }) => total + (usdPerMonth ?? 0), 0));
