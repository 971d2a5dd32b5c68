import { domainFault } from "../app/domain";
import { at, Fault, Problem } from "../app/problem";

/** A public hosted zone of Route 53. */
export interface PublicZone {
  id: string;
  /** Name of the domain it is for; a dot at its end is left out of account. */
  name: string;
}

/** The zones that records go into. */
export interface ZoneMatch {
  /** The zone's id by domain. */
  zoneIds: Record<string, string>;
  problems: Problem[];
}

/** Whether a domain is the zone's own name or lies below it: `badexample.com` does not lie in `example.com`. */
export function isInZone(domain: string, zone: string): boolean {
  return `.${domain}`.endsWith(`.${plainName(zone)}`);
}

/**
 * Finds the zone that each domain belongs to: the one with the longest name that the domain lies in.
 *
 * @param zones the public zones
 */
export function matchZones(domains: readonly string[], zones: readonly PublicZone[]): ZoneMatch {
  const zoneIds: Record<string, string> = {};
  const problems: Problem[] = [];
  domains.forEach((value, index) => {
    const path = at("domains", index);
    const [closest, rival] = zones
      .filter((zone) => isInZone(value, zone.name))
      .sort((a, b) => plainName(b.name).length - plainName(a.name).length);
    if (!closest) {
      const there = zones.map((zone) => plainName(zone.name)).sort();
      const fix = there.length ? `there are zones for ${there.join(", ")}` : "make a public hosted zone for it first";
      problems.push({ path, value, reason: "lies in no public hosted zone of this account", fix });
    } else if (rival && plainName(rival.name) === plainName(closest.name)) {
      const reason = `lies in two zones with the name "${plainName(closest.name)}", ${closest.id} and ${rival.id}`;
      problems.push({ path, value, reason, fix: "give the id of the one that the registrar points to as zone.id" });
    } else {
      zoneIds[value] = closest.id;
    }
  });
  return { zoneIds, problems };
}

/** What is wrong with domains that are to become records, in one zone if it is given. */
export function recordProblems(domains: readonly string[], zone?: string): Problem[] {
  return domains.flatMap((value, index) => {
    const fault =
      domainFault(value) ?? repeated(domains, index) ?? (zone === undefined ? undefined : outside(value, zone));
    return fault ? [{ path: at("domains", index), value, ...fault }] : [];
  });
}

function repeated(domains: readonly string[], index: number): Fault | undefined {
  if (domains.indexOf(domains[index]!) === index) return undefined;
  return { reason: "is there twice", fix: "leave one of them out" };
}

function outside(domain: string, zone: string): Fault | undefined {
  if (isInZone(domain, zone)) return undefined;
  return {
    reason: `does not lie in the zone "${plainName(zone)}"`,
    fix: `use a name like "www.${plainName(zone)}", or leave out the zone and let it be found`,
  };
}

const plainName = (name: string): string => name.replace(/\.$/, "").toLowerCase();
