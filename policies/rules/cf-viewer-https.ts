import { behavioursOf, challengePattern, distributions } from "../cdn/distributions";
import { Level, Severity } from "../finding";
import { Resource } from "../graph/graph";
import { entry, text, uncovered } from "../graph/read";
import { UNKNOWN, Value } from "../graph/value";
import { Rule } from "../rule";
import { checkLater, fail, pass, unknown } from "./drafts";

const property = "viewerProtocolPolicy";
const toTls = "redirect-to-https";

/** A CDN answers before anything else can, so only it can send plain HTTP to HTTPS. */
export const cfViewerHttps: Rule<Resource> = {
  id: "cf-viewer-https",
  item: "https-redirect",
  title: "CDNs answer by HTTPS, and send plain HTTP there",
  severity: Severity.High,
  level: Level.Remediate,
  help:
    "Each behaviour of a CloudFront distribution needs viewerProtocolPolicy redirect-to-https or https-only. The one " +
    `exception is the behaviour for exactly ${challengePattern}: certificate authorities ask there by plain HTTP. In the ` +
    "policy pack allow-all becomes redirect-to-https.",
  targets: ({ graph }) => distributions(graph),
  check(distribution) {
    return behavioursOf(distribution).map((behaviour) => {
      if (behaviour === UNKNOWN)
        return unknown(`what ${distribution.name} does for some paths is not known`, checkLater, { about: "paths" });
      const { name, value, isForChallenges } = behaviour;
      const details = { about: name };
      const policy = text(entry(value, property));
      if (isForChallenges) return pass(`${name} is for certificate authorities`, details);
      if (policy === UNKNOWN) return unknown(`whether ${name} answers plain HTTP is not known`, checkLater, details);
      if (policy !== toTls && policy !== "https-only")
        return fail(`${distribution.name} answers plain HTTP for ${name}`, `set ${property}: ${toTls}`, details);
      return pass(`${name} answers by HTTPS`, details);
    });
  },
  remediate(type, properties) {
    if (type !== "aws:cloudfront/distribution:Distribution") return undefined;
    const put: Record<string, Value> = { ...properties };
    const { defaultCacheBehavior, orderedCacheBehaviors } = properties;
    const ordered = uncovered(orderedCacheBehaviors);
    if (defaultCacheBehavior !== undefined) put["defaultCacheBehavior"] = secured(defaultCacheBehavior);
    if (Array.isArray(ordered)) put["orderedCacheBehaviors"] = securedAll(ordered as readonly Value[]);
    const isSame =
      put["defaultCacheBehavior"] === defaultCacheBehavior &&
      (!Array.isArray(ordered) || put["orderedCacheBehaviors"] === ordered);
    return isSame ? undefined : put;
  },
};

/** The behaviours put right; the very same list when there is nothing to do. */
function securedAll(behaviours: readonly Value[]): readonly Value[] {
  const put = behaviours.map((one) => (text(entry(one, "pathPattern")) === challengePattern ? one : secured(one)));
  return put.some((one, index) => one !== behaviours[index]) ? put : behaviours;
}

function secured(behaviour: Value): Value {
  const block = uncovered(behaviour);
  if (typeof block !== "object" || block === null || Array.isArray(block)) return behaviour;
  return text(entry(block, property)) === "allow-all" ? { ...block, [property]: toTls } : behaviour;
}
