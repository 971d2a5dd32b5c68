import { endsTls, listeners } from "../balancers/listeners";
import { Context } from "../context";
import { Graph, Resource } from "../graph/graph";
import { entry, list, text, truth, uncovered, wholeNumber } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Unknown } from "../graph/value";
import { Machine } from "../hosts/host";
import { headersPolicyType, managedPolicies } from "./edge-headers";

/** How long AWS's own policies have browsers ask by HTTPS (CloudFront's developer guide, "managed response headers policies"). */
const managedSeconds = 31536000;

/** For how long a layer in front of a host has browsers ask by HTTPS alone. */
export interface StrictFront {
  readonly by: Resource;
  /** Null where it says nothing. */
  readonly seconds: number | null | Unknown;
  /** Whether it takes the place of what the host says. */
  readonly overrides: boolean;
}

/** What CDNs say, or balancers where there is no CDN, by Strict-Transport-Security. */
export function strictFronts({ entries }: Machine, { graph }: Context): StrictFront[] {
  if (entries.distributions.length > 0) return entries.distributions.map((one) => ofDistribution(graph, one));
  return listeners(graph)
    .filter((listener) => endsTls(listener) && listener.protocol === "HTTPS")
    .filter(({ balancers }) => balancers.some((one) => entries.loadBalancers.includes(one)))
    .map(({ resource }) => {
      const value = text(resource.properties["routingHttpResponseStrictTransportSecurityHeaderValue"]);
      return { by: resource, seconds: secondsOf(value), overrides: true };
    });
}

/** By the policy of its default behaviour: browsers keep what one answer says for the whole name. */
function ofDistribution(graph: Graph, distribution: Resource): StrictFront {
  const property = "defaultCacheBehavior";
  const policy = entry(distribution.properties[property], "responseHeadersPolicyId");
  const { resources, foreign, uncertain } = referencesOf(graph, distribution, property, policy, [headersPolicyType]);
  const [own] = resources;
  if (own) return ofPolicy(distribution, own);
  if (foreign.some((id) => managedPolicies.has(id)))
    return { by: distribution, seconds: managedSeconds, overrides: false };
  const isOpen = uncertain || foreign.some((id) => id !== "");
  return { by: distribution, seconds: isOpen ? UNKNOWN : null, overrides: false };
}

function ofPolicy(distribution: Resource, { properties }: Resource): StrictFront {
  const security = uncovered(properties["securityHeadersConfig"]);
  // In an older state a block is a list of one.
  const blocks = Array.isArray(security) ? list(security) : security;
  const strict = entry(Array.isArray(blocks) ? blocks[0] : security, "strictTransportSecurity");
  const seconds = wholeNumber(entry(strict, "accessControlMaxAgeSec"));
  return { by: distribution, seconds: seconds ?? null, overrides: truth(entry(strict, "override")) === true };
}

/** The seconds of a value of the header (RFC 6797, max-age); null where it has none. */
export function secondsOf(value: ReturnType<typeof text>): number | null | Unknown {
  if (value === UNKNOWN) return UNKNOWN;
  const age = /(?:^|;)\s*max-age\s*=\s*"?(\d+)"?\s*(?:;|$)/i.exec(value ?? "")?.[1];
  return age === undefined ? null : Number(age);
}
