import { CaaRecord } from "node:dns";
import { isInZone } from "../match-zone";
import { validatedName } from "./plan-certificate";

/** What is asked of a resolver; it fails with an error that has DNS's reason as its `code`, as those of `node:dns` do. */
export interface NameResolver {
  resolveNs(name: string): Promise<string[]>;
  resolveCaa(name: string): Promise<CaaRecord[]>;
}

/** The names of a certificate, and the zones that have to answer for them. */
export interface NamesSpec {
  /** As the certificate has them, wildcards too. */
  domains: string[];
  zones: { name: string; nameServers: string[] }[];
}

/** What public DNS says that would keep ACM from issuing a certificate. */
export interface NameFaults {
  /** Each is a sentence that says what to do. */
  faults: string[];
  /** What is not right, but no hindrance, or could not be found out. */
  notes: string[];
}

/** Authorities of Amazon, each of which lets ACM issue (AWS Certificate Manager User Guide, "Configure a CAA record"). */
const amazon = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

/** Whether the resolver knows public DNS at all: everybody who does knows the servers of the root. */
export async function reachFault(resolver: NameResolver): Promise<string | undefined> {
  const asked = await ask(resolver.resolveNs("."));
  return asked.answers?.length ? undefined : (asked.code ?? "no answer");
}

/** Looks for zones that are not delegated to their name servers, and for CAA records that shut Amazon out. */
export async function nameFaults({ domains, zones }: NamesSpec, resolver: NameResolver): Promise<NameFaults> {
  const delegations = await Promise.all(zones.map(async (zone) => ({ zone, ...(await delegation(zone, resolver)) })));
  // Whoever answers for a zone that is not delegated to us would tell other CAA records than ours.
  const lost = delegations.filter(({ fault }) => fault !== undefined).map(({ zone }) => zone.name);
  const own = domains.filter((domain) => !lost.some((zone) => isInZone(validatedName(domain), zone)));
  const permissions = await Promise.all(own.map((domain) => permission(domain, resolver)));
  const all = [...delegations, ...permissions];
  return {
    faults: all.flatMap(({ fault }) => fault ?? []),
    notes: all.flatMap(({ note }) => note ?? []),
  };
}

interface Finding {
  fault?: string;
  note?: string;
}

async function delegation({ name, nameServers }: NamesSpec["zones"][number], resolver: NameResolver): Promise<Finding> {
  const expected = list(nameServers);
  const remedy = `set ${expected} at its registrar, or as NS records in the zone above it`;
  const { answers, code } = await ask(resolver.resolveNs(name));
  // So resolvers say that the servers it is delegated to know nothing of it: those of a zone that was deleted, often.
  if (code === "ESERVFAIL")
    return { fault: `zone ${name}: the name servers that public DNS sends to do not answer; ${remedy}` };
  if (!answers) return { note: `zone ${name}: its name servers are not known here (${code})` };
  if (answers.length === 0) return { fault: `zone ${name}: public DNS knows no name servers of it; ${remedy}` };
  const ours = nameServers.map(plain);
  const strange = answers.filter((server) => !ours.includes(plain(server)));
  if (strange.length === 0) return {};
  const found = `zone ${name}: public DNS sends to ${list(answers)}, while the hosted zone is at ${expected}`;
  return strange.length === answers.length
    ? { fault: `${found}; ${remedy}` }
    : { note: `${found}; ${list(strange)} have to know the same records` };
}

async function permission(domain: string, resolver: NameResolver): Promise<Finding> {
  for (const name of upwards(validatedName(domain))) {
    const { answers, code } = await ask(resolver.resolveCaa(name));
    if (!answers) return { note: `${domain}: the CAA records of ${name} are not known here (${code})` };
    if (answers.length === 0) continue;
    // The first name that has any decides; nobody looks further up (RFC 8659, section 3).
    const issuers = issuersOf(answers, domain.startsWith("*."));
    if (issuers === undefined || issuers.some((issuer) => amazon.includes(issuer))) return {};
    const allowed = issuers.map((issuer) => issuer || "nobody").join(", ");
    return { fault: `${domain}: the CAA records of ${name} allow ${allowed} only; add 0 issue "amazon.com" there` };
  }
  return {};
}

/** Who may issue; undefined where the records do not restrict it. Wildcards have records of their own, if there are any. */
function issuersOf(records: readonly CaaRecord[], isWildcard: boolean): string[] | undefined {
  const values = (tag: "issue" | "issuewild"): string[] =>
    records.flatMap((record) => (record[tag] === undefined ? [] : [record[tag].split(";")[0]!.trim().toLowerCase()]));
  const wild = isWildcard ? values("issuewild") : [];
  const issuers = wild.length ? wild : values("issue");
  return issuers.length ? issuers : undefined;
}

function upwards(name: string): string[] {
  const labels = name.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** Answers, none of them where there is nothing; else the reason why there was no answer. */
async function ask<T>(question: Promise<T[]>): Promise<{ answers?: T[]; code?: string }> {
  try {
    return { answers: await question };
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === "ENODATA" || code === "ENOTFOUND" ? { answers: [] } : { code };
  }
}

const plain = (server: string): string => server.replace(/\.$/, "").toLowerCase();

const list = (servers: readonly string[]): string => servers.map(plain).sort().join(", ");
