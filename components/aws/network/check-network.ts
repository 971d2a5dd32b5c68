import { at, Fault, Problem } from "../../app/problem";
import { cidrFault } from "../../app/traffic";
import { Report } from "../../app/validation/report";
import { retentionFault } from "../log-retention";
import { zoneLetters } from "./allocate-subnets";
import { zoneParts } from "./choose-zones";
import {
  CreateNetworkArgs,
  ExistingNetworkArgs,
  InterfaceEndpoint,
  LoggedTraffic,
  NatGateways,
  NetworkArgs,
} from "./network-args";

/** A VPC has from /16 to /28, a subnet too (Amazon VPC User Guide, "VPC CIDR blocks"); ours are sixteenths. */
const prefixLengths = { shortest: 16, longest: 24 };

/** One zone is no network for balancers; three are what every region has. */
const zoneCounts = { fewest: 2, most: 3 };

/** Letters of a role's name (IAM), less `-flow-logs` and the hyphen with 7 at random that is put behind it. */
const nameLetters = 46;

/** What is wrong with a network's description. */
export function networkProblems(name: string, args: NetworkArgs): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  if (args.existing && args.create)
    report.in("create").refuseUnseen("is given beside an existing network", "leave out one of the two");
  if (args.existing) checkExisting(args.existing, report.in("existing"));
  if (args.create) {
    refuse(name, nameFault(name), report.in("name"));
    checkCreate(args.create, report.in("create"));
  }
  return problems;
}

function refuse(value: unknown, fault: Fault | undefined, report: Report): void {
  if (fault) report.refuse(value, fault.reason, fault.fix);
}

function nameFault(name: string): Fault | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
    return { reason: "cannot name a network", fix: "use letters, digits, hyphens and underscores, a letter first" };
  if (name.length <= nameLetters) return undefined;
  return { reason: `has ${name.length} characters`, fix: `use at most ${nameLetters}` };
}

function checkExisting({ vpcId, publicSubnetIds, privateSubnetIds = [] }: ExistingNetworkArgs, report: Report): void {
  refuse(vpcId, idFault("vpc", vpcId), report.in("vpcId"));
  if (publicSubnetIds.length === 0)
    report.in("publicSubnetIds").refuse([], "names no subnet", "name one at least; a balancer needs two");
  const seen = new Set<string>();
  const lists = { publicSubnetIds, privateSubnetIds };
  for (const [list, ids] of Object.entries(lists)) {
    ids.forEach((id, index) => {
      const place = report.in(list, index);
      refuse(id, idFault("subnet", id), place);
      if (typeof id !== "string") return;
      if (seen.has(id)) place.refuse(id, "is there twice", "leave one of them out");
      seen.add(id);
    });
  }
}

/** An id that another resource gives is right by itself. */
function idFault(kind: string, id: unknown): Fault | undefined {
  if (typeof id !== "string" || new RegExp(`^${kind}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`).test(id)) return undefined;
  return { reason: `is no id of a ${kind === "vpc" ? "VPC" : kind}`, fix: `write it like "${kind}-0123456789abcdef0"` };
}

function checkCreate(create: CreateNetworkArgs, report: Report): void {
  const { cidr, endpoints, flowLogs, nat, zoneNames, zones } = create;
  if (cidr !== undefined) refuse(cidr, networkFault(cidr), report.in("cidr"));
  if (zones !== undefined) refuse(zones, zoneCountFault(zones), report.in("zones"));
  if (zones !== undefined && zoneNames)
    report.in("zones").refuse(zones, "is given beside zoneNames", "leave it out: the names say how many");
  if (zoneNames) checkZoneNames(zoneNames, report.in("zoneNames"));
  checkOneOf(nat, NatGateways, report.in("nat"));
  checkOneOf(flowLogs?.traffic, LoggedTraffic, report.in("flowLogs", "traffic"));
  if (flowLogs?.retentionDays !== undefined)
    refuse(flowLogs.retentionDays, retentionFault(flowLogs.retentionDays), report.in("flowLogs", "retentionDays"));
  endpoints?.interfaces?.forEach((service, index, all) => {
    const place = report.in("endpoints", "interfaces", index);
    checkOneOf(service, InterfaceEndpoint, place);
    if (all.indexOf(service) !== index) place.refuse(service, "is there twice", "leave one of them out");
  });
}

function networkFault(cidr: string): Fault | undefined {
  const fault = cidrFault(cidr);
  if (fault) return fault;
  if (cidr.includes(":"))
    return { reason: "is a network of IPv6", fix: "give one of IPv4; ipv6: true adds a network that Amazon chooses" };
  const { shortest, longest } = prefixLengths;
  const length = Number(cidr.split("/")[1]);
  if (length < shortest) return { reason: "is larger than AWS makes a network", fix: `use a length from ${shortest}` };
  if (length > longest)
    return { reason: "has no room for a sixteenth for each subnet", fix: `use a length up to ${longest}` };
  return undefined;
}

function zoneCountFault(zones: number): Fault | undefined {
  const { fewest, most } = zoneCounts;
  if (Number.isInteger(zones) && zones >= fewest && zones <= most) return undefined;
  return { reason: "is no number of zones for a network", fix: `use ${fewest} or ${most}` };
}

function checkZoneNames(zoneNames: readonly string[], report: Report): void {
  const count = zoneCountFault(zoneNames.length);
  if (count) report.refuse(zoneNames, `has ${zoneNames.length} zones`, "name 2 or 3");
  const region = zoneParts(zoneNames[0] ?? "")?.region;
  zoneNames.forEach((zone, index) => {
    const parts = zoneParts(zone);
    const place = report.in(index);
    if (!parts || !zoneLetters.some((letter) => letter === parts.letter))
      place.refuse(
        zone,
        "is no availability zone of a region",
        'write it like "eu-central-1a"; local zones cannot be used',
      );
    else if (zoneNames.indexOf(zone) !== index) place.refuse(zone, "is there twice", "leave one of them out");
    else if (region !== undefined && parts.region !== region)
      place.refuse(zone, `is in another region than ${zoneNames[0]}`, "a network lies in one region");
  });
}

function checkOneOf(value: string | undefined, choices: Readonly<Record<string, string>>, report: Report): void {
  const known = Object.values(choices);
  if (value !== undefined && !known.includes(value))
    report.refuse(value, "is not known", `use ${known.slice(0, -1).join(", ")} or ${known.at(-1)}`);
}

/** A subnet that was found. */
export interface FoundSubnet {
  id: string;
  availabilityZone: string;
}

/** The ids at `path` that are no subnets of the network. */
export function straySubnetProblems(
  path: string,
  ids: readonly string[],
  vpc: { id: string; subnetIds: readonly string[] },
): Problem[] {
  return ids.flatMap((value, index) => {
    if (vpc.subnetIds.includes(value)) return [];
    const there = vpc.subnetIds.length ? `it has ${[...vpc.subnetIds].sort().join(", ")}` : "it has none";
    return [{ path: at(path, index), value, reason: `is no subnet of ${vpc.id}`, fix: there }];
  });
}

/** The subnets at `path` that lie in a zone where another one does. */
export function sharedZoneProblems(path: string, subnets: readonly FoundSubnet[]): Problem[] {
  return subnets.flatMap(({ id, availabilityZone }, index) => {
    const first = subnets.find((each) => each.availabilityZone === availabilityZone)!;
    if (first.id === id) return [];
    const reason = `lies in ${availabilityZone}, as ${first.id} does`;
    return [{ path: at(path, index), value: id, reason, fix: "name one subnet of each zone" }];
  });
}
