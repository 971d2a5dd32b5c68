import type { Edge, Graph, Node } from "./graph";

/** A resource of a program, as an engine is told of it. */
export interface MadeResource {
  type: string;
  name: string;
  inputs: Readonly<Record<string, unknown>>;
  /** Other resources, as `type::name`. */
  dependsOn: readonly string[];
  propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What is shown of a kind of resource. Those that are not here are details. */
interface Shown {
  /** The kinds that are drawn as one. */
  types: readonly string[];
  /** Which of them. @default all */
  where?(resource: MadeResource): boolean;
  /** What is written on it, a line each. */
  label(resource: MadeResource): string[];
}

const shown = {
  name: {
    types: ["aws:route53/record:Record"],
    // Others prove domains, and lead nowhere.
    where: ({ inputs }) => inputs.type === "A",
    label: ({ inputs }) => [String(inputs.name)],
  },
  cdn: {
    types: ["aws:cloudfront/distribution:Distribution"],
    label: () => ["CloudFront", "TLS, kept files"],
  },
  balancer: {
    types: ["aws:lb/loadBalancer:LoadBalancer"],
    label: () => ["Load balancer", "TLS, health of each machine"],
  },
  address: { types: ["aws:ec2/eip:Eip"], label: () => ["Elastic IP"] },
  server: {
    types: ["aws:ec2/instance:Instance"],
    label: ({ inputs }) => ["Server", "nginx and apps", String(inputs.instanceType)],
  },
  fleet: {
    types: ["aws:autoscaling/group:Group"],
    label: ({ inputs }) => [
      "Fleet",
      "nginx and apps",
      `${String(inputs.minSize)} to ${String(inputs.maxSize)} machines`,
    ],
  },
  data: { types: ["aws:ebs/volume:Volume"], label: ({ inputs }) => ["Data volume", `${String(inputs.size)} GiB`] },
  store: {
    types: ["aws:s3/bucketObjectv2:BucketObjectv2"],
    label: () => ["Store", "plan and code by digest"],
  },
} as const satisfies Record<string, Shown>;
type Kind = keyof typeof shown;

/** What leads from one kind to another, and where the program says so: the first kind depends on the second, or the other way. */
const ways: readonly { from: Kind; to: Kind; said: "from" | "to" | "between" }[] = [
  { from: "name", to: "cdn", said: "from" },
  { from: "name", to: "balancer", said: "from" },
  { from: "name", to: "address", said: "from" },
  { from: "cdn", to: "balancer", said: "from" },
  { from: "cdn", to: "address", said: "from" },
  { from: "balancer", to: "fleet", said: "to" },
  { from: "address", to: "server", said: "between" },
  { from: "server", to: "data", said: "between" },
  { from: "server", to: "store", said: "from" },
  { from: "fleet", to: "store", said: "from" },
];

/** The way from the names to the data, of what a program makes in AWS. */
export function shapeGraph(resources: readonly MadeResource[]): Graph {
  const byId = new Map(resources.map((resource) => [idOf(resource), resource]));
  const kinds = new Map<string, Kind>();
  for (const kind of Object.keys(shown) as Kind[]) {
    const { types, where = () => true }: Shown = shown[kind];
    for (const resource of resources) {
      if (types.includes(resource.type) && where(resource)) kinds.set(idOf(resource), kind);
    }
  }
  const reach = (id: string, found = new Set<string>()): Set<string> => {
    for (const next of directly(byId.get(id))) {
      if (found.has(next)) continue;
      found.add(next);
      // What is shown is not looked through: the way leads to it, and on from there.
      if (!kinds.has(next)) reach(next, found);
    }
    return found;
  };
  const kindsOf = (ids: Iterable<string>): Set<Kind> => new Set([...ids].flatMap((id) => kinds.get(id) ?? []));
  const meet = (one: Kind, other: Kind): boolean =>
    resources.some((resource) => {
      const its = kindsOf([idOf(resource), ...directly(resource)]);
      return its.has(one) && its.has(other);
    });
  const leads = (one: Kind, other: Kind): boolean =>
    [...kinds].some(([id, kind]) => kind === one && kindsOf(reach(id)).has(other));

  const edges = ways
    .filter(({ from, to, said }) => {
      if (said === "between") return meet(from, to);
      return said === "from" ? leads(from, to) : leads(to, from);
    })
    .map(({ from, to }): Edge => ({ from, to, label: portsInto(to, resources, kinds) }));
  const drawn = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return { nodes: [...drawn].map((kind) => node(kind as Kind, resources, kinds)), edges };
}

function node(kind: Kind, resources: readonly MadeResource[], kinds: ReadonlyMap<string, Kind>): Node {
  const its = resources.filter((resource) => kinds.get(idOf(resource)) === kind);
  const { label } = shown[kind] as Shown;
  const lines = kind === "name" ? its.flatMap(label) : label(its[0]!);
  return { id: kind, lines: [...new Set(lines)].sort((a, b) => (kind === "name" ? a.localeCompare(b) : 0)) };
}

const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** The ports that the security groups of a kind open to what is before it. A distribution has none: it is asked by HTTP and TLS. */
function portsInto(kind: Kind, resources: readonly MadeResource[], kinds: ReadonlyMap<string, Kind>): string {
  if (kind === "cdn") return "443, 80";
  // An address has no group of its own: what comes to it comes to the machine.
  const guarded = kind === "address" ? "server" : kind;
  const owners = resources.filter((resource) => kinds.get(idOf(resource)) === guarded);
  const byId = new Map(resources.map((resource) => [idOf(resource), resource]));
  const groups = new Set(owners.flatMap((owner) => groupsOf(owner, byId)));
  const ports = resources
    .filter(({ type, propertyDependencies }) => {
      return type === ruleType && (propertyDependencies.securityGroupId ?? []).some((id) => groups.has(id));
    })
    .map(({ inputs }) => [Number(inputs.fromPort), Number(inputs.toPort)] as const)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const sorted = [...new Set(ports)].sort((a, b) => parseInt(b, 10) - parseInt(a, 10));
  return kind === "server" ? "" : sorted.join(", ");
}

const groupType = "aws:ec2/securityGroup:SecurityGroup::";

/** The security groups of a machine or a balancer; a fleet's are said by its launch template. */
function groupsOf(owner: MadeResource, byId: ReadonlyMap<string, MadeResource>): string[] {
  const template = (owner.propertyDependencies.launchTemplate ?? [])
    .filter((id) => id.startsWith("aws:ec2/launchTemplate:"))
    .flatMap((id) => directly(byId.get(id)));
  const said = owner.propertyDependencies.securityGroups ?? owner.propertyDependencies.vpcSecurityGroupIds ?? [];
  return [...said, ...template].filter((id) => id.startsWith(groupType));
}

function directly(resource: MadeResource | undefined): string[] {
  if (!resource) return [];
  return [...new Set([...resource.dependsOn, ...Object.values(resource.propertyDependencies).flat()])];
}

const idOf = ({ type, name }: MadeResource): string => `${type}::${name}`;
