import { lastAction, Listener, listeners } from "../balancers/listeners";
import { plainFault } from "../balancers/plain-http";
import { distributions, isChallengesOrigin, Origin, originsOf } from "../cdn/distributions";
import { isGuardedByList } from "../cdn/guard";
import { endsOf } from "../cdn/requests";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { UNKNOWN, Unknown } from "../graph/value";
import { Host } from "../hosts/host";
import { Draft, Rule } from "../rule";
import { refusesWithout } from "../web/required-header";
import { checkLater, fail, pass, unknown } from "./drafts";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/** Whoever reaches the origin itself goes round all that the CDN keeps away, and may say who the client is. */
export const cfOriginLocked: Rule<Resource> = {
  id: "cf-origin-locked",
  item: "ports-open",
  title: "Nobody reaches the origin of a CDN but the CDN",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "An origin of a CloudFront distribution has to be a VPC origin, a bucket with an access control (originAccessControlId), " +
    "or to refuse all others: by a header of customHeaders that each rule of the balancer asks for, with a default that " +
    "refuses, or that nginx asks for in each server; or by security groups that let in a prefix list and never the world. An " +
    "origin for challenges of certificate authorities alone is open to all anyway.",
  targets: ({ graph }) => distributions(graph),
  check(distribution, context) {
    const origins = originsOf(distribution);
    if (origins === UNKNOWN) return [unknown(`the origins of ${distribution.name} are not known`, checkLater)];
    return origins.map((origin) => checkOrigin(distribution, origin, context));
  },
};

function checkOrigin(distribution: Resource, origin: Origin, context: Context): Draft {
  const about = origin.name;
  const { value } = origin;
  if (isThere(entry(value, "vpcOriginConfig"))) return pass(`${about} is inside a VPC`, { about });
  if (isThere(entry(value, "originAccessControlId"))) return pass(`${about} asks who asks`, { about });
  const bucket = entry(value, "s3OriginConfig");
  if (isThere(bucket)) {
    if (isThere(entry(bucket, "originAccessIdentity"))) return pass(`${about} asks who asks`, { about });
    return fail(`${about} is open to everybody`, "give it an originAccessControlId", { about });
  }
  if (isChallengesOrigin(distribution, origin) === true)
    return pass(`${about} is asked for challenges of certificate authorities alone`, { about });
  const ends = endsOf(distribution, origin, context);
  if (ends.length === 0)
    return unknown(`who else reaches ${about} is not known: it is not part of this deployment`, "ask who runs it", {
      about,
    });
  const locked = ends.map((end) => isLocked(end, headersOf(origin), context));
  if (locked.includes(false))
    return fail(
      `${about} of ${distribution.name} answers whoever knows its address`,
      "let it refuse all but CloudFront",
      {
        about,
      },
    );
  if (locked.includes(UNKNOWN)) return unknown(`who else reaches ${about} is not known`, checkLater, { about });
  return pass(`${about} answers nobody but CloudFront`, { about });
}

const isThere = (value: ReturnType<typeof entry>): boolean => value !== undefined && value !== null && value !== "";

/** The names of the headers that a distribution adds for an origin, in small letters. */
function headersOf({ value }: Origin): string[] {
  const headers = list(entry(value, "customHeaders"));
  if (headers === UNKNOWN) return [];
  return headers
    .map((header) => text(entry(header, "name")))
    .flatMap((name) => (typeof name === "string" ? [name.toLowerCase()] : []));
}

function isLocked(end: Resource, headers: readonly string[], context: Context): boolean | Unknown {
  if (end.type === balancerType) {
    const own = listeners(context.graph).filter(({ balancers }) => balancers.includes(end));
    if (own.length > 0 && headers.length > 0 && own.every((listener) => asksForHeader(listener, headers))) return true;
    return isGuardedByList(end, context);
  }
  const host = context.hosts.find(({ machine }) => machine?.entries.own.includes(end));
  if (host && isProven(host, headers)) return true;
  const guarded = isGuardedByList(host?.machine?.resource ?? end, context);
  // What of the host cannot be read may still ask for the header.
  return guarded === false && headers.length > 0 && host && host.unread.length > 0 ? UNKNOWN : guarded;
}

const isProven = ({ view }: Host, headers: readonly string[]): boolean =>
  headers.some((header) => view.nginx !== null && refusesWithout(view.nginx, header));

/** Whether a listener refuses or redirects by default, and hands on only what has one of the headers. */
function asksForHeader({ resource, rules }: Listener, headers: readonly string[]): boolean {
  const closed = (actions: ReturnType<typeof entry>): boolean => {
    const type = text(entry(lastAction(actions), "type"));
    return type === "redirect" || (type === "fixed-response" && plainFault(actions) === null);
  };
  return (
    closed(resource.properties["defaultActions"]) &&
    rules.every((rule) => closed(rule.properties["actions"]) || hasHeader(rule, headers))
  );
}

function hasHeader(rule: Resource, headers: readonly string[]): boolean {
  const conditions = list(rule.properties["conditions"]);
  if (conditions === UNKNOWN) return false;
  return conditions.some((condition) => {
    const name = text(entry(entry(condition, "httpHeader"), "httpHeaderName"));
    return typeof name === "string" && headers.includes(name.toLowerCase());
  });
}
