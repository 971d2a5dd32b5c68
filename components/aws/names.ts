import { Fault } from "../app/problem";
import { sha256 } from "../host/digest";

/** What tells one site from another. */
export interface SiteIdentity {
  organization: string;
  project: string;
  stack: string;
  site: string;
  /** The domains it answers at. */
  domains: readonly string[];
}

/** Longest name of a bucket (Amazon S3 User Guide, "General purpose bucket naming rules"). */
const bucketLetters = 63;

/**
 * The name of a site's bucket. It is known before the bucket exists, because the host is told of it by user data. Names of
 * buckets are shared by all accounts of AWS, so it ends with 48 bits of who the site belongs to: what is in front of them
 * may well be the same for two owners (`landfall-dev-web`). Of the domains only the shortest counts, so that adding one
 * below it does not mean another bucket.
 */
export function bucketName({ organization, project, stack, site, domains }: SiteIdentity): string {
  const [domain = ""] = [...domains].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const owner = [organization, project, stack, site, domain];
  return ownName(["landfall", stack, site], owner, bucketLetters);
}

/**
 * A name of small letters, digits and hyphens for something of one owner: words to read, as many as fit, and 48 bits of whose
 * it is.
 */
export function ownName(words: readonly string[], owner: readonly string[], longest: number): string {
  const mark = sha256(JSON.stringify(owner)).slice(0, 12);
  const front = words
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, "-"))
    .join("-")
    .replace(/-+/g, "-")
    .slice(0, longest - mark.length - 1);
  return `${front.replace(/-$/, "")}-${mark}`;
}

/** What is wrong with the name of a bucket. Undefined when nothing is. */
export function bucketNameFault(name: string): Fault | undefined {
  // S3 also allows dots; its certificate for HTTPS covers no name that has one.
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
    return { reason: "cannot name a bucket", fix: "use 3 to 63 small letters, digits and inner hyphens" };
  const reserved = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|--x-s3|--table-s3)$/.exec(name);
  return reserved
    ? { reason: `has "${reserved[0]}", which S3 keeps to itself`, fix: "choose another name" }
    : undefined;
}

/**
 * Where the parameters of a site are in Parameter Store. Names may not begin with `aws` or `ssm`, and a project's could, so
 * ours is in front.
 */
export function parameterPath({ project, stack, site }: Pick<SiteIdentity, "project" | "stack" | "site">): string {
  return `/landfall/${project}/${stack}/${site}`;
}

/** Letters of a role's name (IAM), less the 16 that are put behind a site's: `-role-` and a hyphen with 7 at random. */
const siteLetters = 40;

/** What is wrong with the name of a site: it becomes part of the names of roles, parameters and buckets. */
export function siteNameFault(name: string): Fault | undefined {
  if (!/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name))
    return { reason: "cannot name a site", fix: "use small letters, digits and inner hyphens, a letter first" };
  if (name.length <= siteLetters) return undefined;
  return { reason: `has ${name.length} characters`, fix: `use at most ${siteLetters}` };
}
