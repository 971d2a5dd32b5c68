import { Graph, ofType, Resource } from "../graph/graph";
import { perGraph } from "../graph/per-graph";
import { references } from "../graph/references";
import { text } from "../graph/read";
import { UNKNOWN } from "../graph/value";

const recordType = "aws:route53/record:Record";
const zoneType = "aws:route53/zone:Zone";

/** Types of records that lead a browser to an address. */
const leading = new Set(["A", "AAAA", "CNAME"]);

export interface DomainRecords {
  readonly records: readonly Resource[];
  /** Names of records that may be for the domain, but whose own name is not known yet. */
  readonly uncertain: readonly string[];
}

/** The records that lead a browser from a domain to an address: those of its name, else those of a wildcard above it. */
export function recordsOf(graph: Graph, domain: string): DomainRecords {
  const named = namedRecords(graph);
  const exact = named.filter(({ names }) => names?.includes(domain));
  const wildcard = named.filter(({ names }) =>
    names?.some((name) => name.startsWith("*.") && domain.endsWith(name.slice(1))),
  );
  const records = (exact.length > 0 ? exact : wildcard).map(({ record }) => record);
  return { records, uncertain: named.flatMap(({ record, names }) => (names === null ? [record.name] : [])) };
}

/** The records that lead somewhere, with the names that they can have. */
const namedRecords = perGraph((graph) =>
  ofType(graph, recordType)
    .filter(leads)
    .map((record) => ({ record, names: recordNames(graph, record) })),
);

function leads(record: Resource): boolean {
  const type = text(record.properties["type"]);
  return type === UNKNOWN || (type !== undefined && leading.has(type.toUpperCase()));
}

/**
 * The whole names that a record can have, or null when they are not known. Route 53's provider puts the zone's name
 * behind a name that does not end with it. Of a zone that is not in the graph any name may be meant.
 */
function recordNames(graph: Graph, record: Resource): string[] | null {
  const whole = text(record.properties["fqdn"]);
  if (typeof whole === "string") return [canonical(whole)];
  const written = text(record.properties["name"]);
  if (typeof written !== "string") return null;
  const name = canonical(written);
  const zones = references(graph, record, "zoneId", [zoneType], ["id", "zoneId"]).resources;
  const zoneNames = zones.map((zone) => text(zone.properties["name"])).filter((zone) => typeof zone === "string");
  if (zoneNames.length === 0) return [name];
  return zoneNames.map(canonical).map((zone) => (name === zone || name.endsWith(`.${zone}`) ? name : join(name, zone)));
}

const join = (name: string, zone: string): string => (name === "" ? zone : `${name}.${zone}`);

/** Names as DNS compares them: without case, without the last dot; `\052` is how Route 53 writes an asterisk. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
}
