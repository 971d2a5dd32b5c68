import { recordsOf } from "../dns/records";
import { Graph, ofType, Resource } from "../graph/graph";
import { perGraph } from "../graph/per-graph";
import { entry, list, text } from "../graph/read";
import { References, references } from "../graph/references";
import { UNKNOWN } from "../graph/value";
import { registrationsOf } from "./target-groups";

const instanceType = "aws:ec2/instance:Instance";
const addressType = "aws:ec2/eip:Eip";
const associationType = "aws:ec2/eipAssociation:EipAssociation";
const listenerType = "aws:lb/listener:Listener";
const listenerRuleType = "aws:lb/listenerRule:ListenerRule";
const distributionType = "aws:cloudfront/distribution:Distribution";
export const loadBalancerTypes: readonly string[] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
];

/** Where requests for a machine come in. */
export interface Entries {
  /** The machine itself and its elastic addresses. */
  readonly own: readonly Resource[];
  readonly loadBalancers: readonly Resource[];
  readonly distributions: readonly Resource[];
}

/** What leads to a machine, as far as the resources tell. */
export function entriesOf(graph: Graph, machine: Resource): Entries {
  const own = [machine, ...(elasticAddresses(graph).get(machine) ?? [])];
  const loadBalancers = balancersOf(graph, machine);
  const origins = new Set([...own, ...loadBalancers].map(({ urn }) => urn));
  const distributions = ofType(graph, distributionType).filter(
    (distribution) =>
      (distribution.propertyDependencies["origins"] ?? []).some((urn) => origins.has(urn)) ||
      originNames(distribution).some((name) => leadsTo(graph, name, origins)),
  );
  return { own, loadBalancers, distributions };
}

/** The domains that a distribution asks. */
function originNames({ properties }: Resource): string[] {
  const origins = list(properties["origins"]);
  if (origins === UNKNOWN) return [];
  return origins.map((origin) => text(entry(origin, "domainName"))).filter((name) => typeof name === "string");
}

/** Whether a record of the domain is made from one of some resources. */
function leadsTo(graph: Graph, domain: string, urns: ReadonlySet<string>): boolean {
  return recordsOf(graph, domain.toLowerCase()).records.some(({ propertyDependencies }) =>
    ["records", "aliases"].some((property) => (propertyDependencies[property] ?? []).some((urn) => urns.has(urn))),
  );
}

/** The elastic addresses of machines, by their own property or by an association, which has the address as well. */
const elasticAddresses = perGraph((graph) => {
  const byMachine = new Map<Resource, Set<Resource>>();
  for (const association of ofType(graph, associationType))
    note(byMachine, references(graph, association, "instanceId", [instanceType]), [
      association,
      ...references(graph, association, "allocationId", [addressType], ["id", "allocationId"]).resources,
    ]);
  for (const address of ofType(graph, addressType))
    note(byMachine, references(graph, address, "instance", [instanceType]), [address]);
  return byMachine;
});

/** Notes what belongs to each of some machines. */
function note(
  byMachine: Map<Resource, Set<Resource>>,
  { resources }: Pick<References, "resources">,
  belongings: readonly Resource[],
): void {
  for (const machine of resources) {
    const noted = byMachine.get(machine) ?? new Set();
    belongings.forEach((one) => noted.add(one));
    byMachine.set(machine, noted);
  }
}

function balancersOf(graph: Graph, machine: Resource): Resource[] {
  const groups = new Set(registrationsOf(graph, machine).map(({ group }) => group.urn));
  const serves = (resource: Resource, property: string) =>
    (resource.propertyDependencies[property] ?? []).some((urn) => groups.has(urn));
  const listeners = [
    ...ofType(graph, listenerType).filter((listener) => serves(listener, "defaultActions")),
    ...ofType(graph, listenerRuleType)
      .filter((rule) => serves(rule, "actions"))
      .flatMap((rule) => references(graph, rule, "listenerArn", [listenerType], ["arn", "id"]).resources),
  ];
  const classic = ofType(graph, "aws:elb/loadBalancer:LoadBalancer").filter((balancer) =>
    references(graph, balancer, "instances", [instanceType]).resources.includes(machine),
  );
  const balancers = listeners.flatMap(
    (listener) => references(graph, listener, "loadBalancerArn", loadBalancerTypes, ["arn", "id"]).resources,
  );
  return [...new Set([...balancers, ...classic])];
}

/** The listeners of load balancers. */
export function listenersOf(graph: Graph, balancers: readonly Resource[]): Resource[] {
  return ofType(graph, listenerType).filter((listener) =>
    references(graph, listener, "loadBalancerArn", loadBalancerTypes, ["arn", "id"]).resources.some((found) =>
      balancers.includes(found),
    ),
  );
}
