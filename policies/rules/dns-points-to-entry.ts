import { Context } from "../context";
import { DeclaredDomain, declaredDomains } from "../dns/declared-domains";
import { recordsOf } from "../dns/records";
import { Level, Severity, Status } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { References, referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

/** What a resource is known by in a record: addresses and names. */
const names = ["publicIp", "ipv6Addresses", "address", "publicDns", "dnsName", "domainName", "carrierIp"];

/** A record that leads elsewhere shows somebody else's site under the name, or none. */
export const dnsPointsToEntry: Rule<DeclaredDomain> = {
  id: "dns-points-to-entry",
  item: "domain-points",
  title: "The records of a domain lead to the machine that serves it",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "What a record is made from has to be an entry of the declaring host: its elastic address, the machine itself, a load " +
    "balancer with the machine behind it, or a CDN before one of these. At preview addresses are not known, so the " +
    "record's dependencies tell. A CNAME or alias is followed to the records of its target.",
  targets: (context) =>
    declaredDomains(context).filter(({ domain }) => recordsOf(context.graph, domain).records.length > 0),
  check({ machine, domain }, context) {
    const { own, loadBalancers, distributions } = machine.entries;
    const entries = [...own, ...loadBalancers, ...distributions];
    return recordsOf(context.graph, domain).records.map((record) =>
      checkRecord(record, domain, entries, context, new Set()),
    );
  },
};

function checkRecord(
  record: Resource,
  domain: string,
  entries: readonly Resource[],
  context: Context,
  followed: Set<string>,
): Draft {
  const details = { about: domain, resource: record.urn };
  if (followed.has(record.urn))
    return fail(`the records of ${domain} lead back to themselves`, "point one of them to an address", details);
  followed.add(record.urn);
  const targets = targetsOf(context.graph, record, entries);
  const strays = targets.flatMap(({ resources }) => resources.filter((resource) => !entries.includes(resource)));
  if (strays[0])
    return fail(
      `${domain} leads to ${strays[0].name}, which does not lead to its host`,
      `point it to ${nameOf(entries)}`,
      details,
    );
  for (const value of targets.flatMap(({ foreign }) => foreign)) {
    const next = recordsOf(context.graph, value.toLowerCase().replace(/\.$/, "")).records;
    if (next.length === 0)
      return fail(
        `${domain} leads to ${value}, which is no address of its host`,
        `point it to ${nameOf(entries)}`,
        details,
      );
    const bad = next
      .map((target) => checkRecord(target, domain, entries, context, followed))
      .find(({ status }) => status !== Status.Pass);
    if (bad) return { ...bad, ...details };
  }
  if (targets.length === 0 || targets.some(({ uncertain }) => uncertain))
    return unknown(`where ${domain} leads is not known`, checkLater, details);
  return pass(`${domain} leads to its host`, details);
}

/** What the values and aliases of a record name, among all that has an address. */
function targetsOf(graph: Graph, record: Resource, entries: readonly Resource[]): References[] {
  const types = [...new Set([...addressedTypes, ...entries.map(({ type }) => type)])];
  const of = (property: string, value: Value | undefined) => referencesOf(graph, record, property, value, types, names);
  const { records, aliases } = record.properties;
  const blocks = list(aliases);
  return [
    ...(records === undefined || records === null ? [] : [of("records", records)]),
    ...(blocks === UNKNOWN ? [of("aliases", UNKNOWN)] : blocks.map((block) => of("aliases", aliasName(block)))),
  ];
}

/** The target of an alias. AWS lists a load balancer's name with `dualstack.` before it. */
function aliasName(block: Value): Value | undefined {
  const name = text(entry(block, "name"));
  return typeof name === "string" ? name.replace(/^dualstack\./i, "").replace(/\.$/, "") : name;
}

/** Types of resources that have an address or name of their own, so that a record can lead to the wrong one. */
const addressedTypes: readonly string[] = [
  "aws:ec2/eip:Eip",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:ec2/instance:Instance",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:cloudfront/distribution:Distribution",
];

const nameOf = (entries: readonly Resource[]): string =>
  (entries.find(({ type }) => type.includes("/eip:")) ?? entries[0])?.name ?? "its host";
