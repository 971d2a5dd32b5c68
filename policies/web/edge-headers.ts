import { Context } from "../context";
import { Resource } from "../graph/graph";
import { entry, list, text, truth } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { listenersOf } from "../hosts/entries";
import { Host } from "../hosts/host";

export const headersPolicyType = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";

/** Policies that AWS manages and that send the security headers (CloudFront's developer guide, "managed response headers policies"). */
export const managedPolicies: ReadonlySet<string> = new Set([
  "67f7725c-6f97-4210-82d7-5512b31e9d03",
  "e61eb60c-9c35-4d20-a928-2b84e02af89c",
  "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
]);

/** Whether what stands before a host adds `X-Content-Type-Options: nosniff` to everything it lets through. */
export function edgeSendsNosniff({ machine }: Host, { graph }: Context): boolean {
  if (!machine) return false;
  const { distributions, loadBalancers } = machine.entries;
  const byCdn = distributions.length > 0 && distributions.every((one) => distributionSends(one));
  const listeners = listenersOf(graph, loadBalancers).filter((listener) => !redirects(listener));
  const byBalancer =
    listeners.length > 0 &&
    listeners.every((one) => text(one.properties["routingHttpResponseXContentTypeOptionsHeaderValue"]) === "nosniff");
  return byCdn || byBalancer;

  function distributionSends(distribution: Resource): boolean {
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution.properties;
    const ordered = list(orderedCacheBehaviors);
    return (
      behaviorSends(distribution, "defaultCacheBehavior", defaultCacheBehavior) &&
      ordered !== UNKNOWN &&
      ordered.every((behavior) => behaviorSends(distribution, "orderedCacheBehaviors", behavior))
    );
  }

  function behaviorSends(distribution: Resource, property: string, behavior: Value | undefined): boolean {
    const policy = entry(behavior, "responseHeadersPolicyId");
    const { resources, foreign } = referencesOf(graph, distribution, property, policy, [headersPolicyType]);
    if (foreign.some((id) => managedPolicies.has(id))) return true;
    const sends = ({ properties }: Resource) => {
      const options = entry(properties["securityHeadersConfig"], "contentTypeOptions");
      return truth(entry(options, "override")) !== undefined;
    };
    return resources.length > 0 && resources.every(sends);
  }
}

/** Whether a listener sends all requests on to HTTPS. */
function redirects({ properties }: Resource): boolean {
  const actions = list(properties["defaultActions"]);
  return (
    actions !== UNKNOWN && actions.length > 0 && actions.every((action) => text(entry(action, "type")) === "redirect")
  );
}
