import { at, Problem } from "../../app/problem";

/** Regions' own zones, e.g. `us-west-2a`, unlike local and wavelength zones (`us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`). */
const ownZone = /^([a-z]+(?:-[a-z]+)+-\d+)([a-z])$/;

/** What the name of a zone says; undefined for one that is not a region's own. */
export function zoneParts(zone: string): { region: string; letter: string } | undefined {
  const [, region, letter] = ownZone.exec(zone) ?? [];
  return region === undefined || letter === undefined ? undefined : { region, letter };
}

/**
 * The first zone of the region, by name, that has no subnet yet: AWS lists zones in any order, and another one may be there
 * tomorrow.
 */
export function nextZone(available: readonly string[], taken: readonly string[]): string | undefined {
  return available.filter((zone) => zoneParts(zone) && !taken.includes(zone)).sort()[0];
}

/** The zones that were named and that the region does not have. */
export function missingZoneProblems(zoneNames: readonly string[], available: readonly string[]): Problem[] {
  return zoneNames.flatMap((value, index) => {
    if (available.includes(value)) return [];
    const there = available.filter((zone) => zoneParts(zone)).sort();
    const reason = "is no zone that this account can use in this region";
    return [{ path: at("create.zoneNames", index), value, reason, fix: `use ${there.join(", ")}` }];
  });
}

/** What is wrong when a region has fewer zones than were asked for. */
export function tooFewZonesProblem(zones: number, available: readonly string[]): Problem {
  const there = available.filter((zone) => zoneParts(zone)).sort();
  const reason = `are more zones than this region has`;
  return { path: "create.zones", value: zones, reason, fix: `it has ${there.join(", ")}` };
}
