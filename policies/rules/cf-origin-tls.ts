import { behavioursFor, distributions, isChallengesOrigin, Origin, originsOf } from "../cdn/distributions";
import { Level, Severity } from "../finding";
import { Graph, Resource } from "../graph/graph";
import { entry, list, text } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Unknown, Value } from "../graph/value";
import { Draft, Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const vpcOriginType = "aws:cloudfront/vpcOrigin:VpcOrigin";

/** Protocols that RFC 7568 and RFC 8996 have ended. */
const ended = new Set(["SSLv3", "TLSv1", "TLSv1.1"]);

const fix = "set originProtocolPolicy: https-only, originSslProtocols: [TLSv1.2]";

/** Between CDN and origin lies the same internet as before it. */
export const cfOriginTls: Rule<Resource> = {
  id: "cf-origin-tls",
  item: "https",
  title: "CDNs ask their origins by TLS 1.2",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Each origin of a CloudFront distribution needs originProtocolPolicy https-only and no protocol older than TLS 1.2. " +
    "match-viewer will do where all behaviours of the origin take HTTPS only. An origin that is asked for challenges of " +
    "certificate authorities alone, and is another origin's plain HTTP, is let be. Buckets of S3 that are asked by its API " +
    "are asked by TLS anyway.",
  targets: ({ graph }) => distributions(graph),
  check(distribution, { graph }) {
    const origins = originsOf(distribution);
    if (origins === UNKNOWN) return [unknown(`the origins of ${distribution.name} are not known`, checkLater)];
    return origins.flatMap((origin) => checkOrigin(graph, distribution, origin));
  },
};

function checkOrigin(graph: Graph, distribution: Resource, origin: Origin): Draft[] {
  const about = origin.name;
  const config = configOf(graph, distribution, origin);
  if (config === undefined) return [];
  const fault = config === UNKNOWN ? UNKNOWN : faultOf(distribution, origin, config);
  const accepted = fault === null ? false : isChallengesOrigin(distribution, origin);
  if (fault === null) return [pass(`${about} is asked by TLS`, { about })];
  if (accepted === true) return [pass(`${about} is asked for challenges of certificate authorities alone`, { about })];
  if (fault === UNKNOWN || accepted === UNKNOWN)
    return [unknown(`how ${distribution.name} asks ${about} is not known`, checkLater, { about })];
  return [fail(`${distribution.name} asks ${about} ${fault}`, fix, { about })];
}

/** How an origin is asked: by its own block, or by its VPC origin's. Undefined for S3's API. */
function configOf(graph: Graph, distribution: Resource, { value }: Origin): Value | undefined {
  const custom = entry(value, "customOriginConfig");
  if (custom !== undefined && custom !== null) return custom;
  const vpc = entry(value, "vpcOriginConfig");
  if (vpc === undefined || vpc === null) return undefined;
  const named = referencesOf(graph, distribution, "origins", entry(vpc, "vpcOriginId"), [vpcOriginType]).resources;
  return named[0]?.properties["vpcOriginEndpointConfig"] ?? UNKNOWN;
}

function faultOf(distribution: Resource, origin: Origin, config: Value): string | null | Unknown {
  const policy = text(entry(config, "originProtocolPolicy"));
  const protocols = sslProtocols(config);
  if (policy === UNKNOWN) return UNKNOWN;
  if (policy !== "https-only" && policy !== "match-viewer") return "by plain HTTP";
  if (policy === "match-viewer") {
    const viewers = behavioursFor(distribution, origin).map((one) =>
      one === UNKNOWN ? UNKNOWN : text(entry(one.value, "viewerProtocolPolicy")),
    );
    if (viewers.includes("allow-all")) return "by plain HTTP whenever it is asked so";
    if (viewers.includes(UNKNOWN)) return UNKNOWN;
  }
  if (protocols === UNKNOWN) return UNKNOWN;
  const old = protocols.filter((protocol) => ended.has(protocol));
  return old.length > 0 ? `by ${old.join(", ")}, too` : null;
}

/** A list; a VPC origin has it in a block with `items`. */
function sslProtocols(config: Value): string[] | Unknown {
  const given = entry(config, "originSslProtocols");
  const protocols = list(Array.isArray(given) ? given : (entry(given, "items") ?? given));
  if (protocols === UNKNOWN) return UNKNOWN;
  const names = protocols.map(text);
  return names.includes(UNKNOWN) ? UNKNOWN : names.filter((name) => typeof name === "string");
}
