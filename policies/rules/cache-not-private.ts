import { behavioursOf, distributions } from "../cdn/distributions";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Resource } from "../graph/graph";
import { entry, text, uncovered, wholeNumber } from "../graph/read";
import { referencesOf } from "../graph/references";
import { UNKNOWN, Value } from "../graph/value";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { NginxScope, NginxView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { Draft, Rule, Target } from "../rule";
import { publicServers, sentHeader } from "../web/content-scopes";
import { keepsAnswers, leaksOf } from "../web/kept-answers";
import { scopeText } from "../web/scope-text";
import { passingDirective } from "../web/upstream";
import { checkLater, fail, pass, placed, unknown } from "./drafts";

const policyType = "aws:cloudfront/cachePolicy:CachePolicy";

type Keeper = Target & ({ readonly web: WebHost } | { readonly distribution: Resource });

/** What is kept for one and given to another is a stranger's account, found by chance and never seen in a test. */
export const cacheNotPrivate: Rule<Keeper> = {
  id: "cache-not-private",
  item: "cache-private",
  title: "No cache keeps what sets a cookie, or what the app calls private",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Where nginx keeps answers, proxy_ignore_headers must not name Set-Cookie (unless proxy_hide_header takes it off) or " +
    "Cache-Control; and nginx must not call all that an app answers public. CloudFront keeps for MinTTL what says private or " +
    "no-store, so that has to be 0 where cookies reach the origin.",
  targets: (context) => [
    ...webHosts(context)
      .filter(({ nginx }) => keepers(nginx).length > 0)
      .map((web) => ({ urn: web.urn, web })),
    ...distributions(context.graph).map((distribution) => ({ urn: distribution.urn, distribution })),
  ],
  check: (target, context) =>
    "web" in target
      ? keepers(target.web.nginx).flatMap((scope) => checkScope(target.web.nginx, scope))
      : checkDistribution(target.distribution, context),
};

/** The blocks that keep what apps answer, or say how long others may. */
function keepers(nginx: NginxView): NginxScope[] {
  return publicServers(nginx)
    .flatMap(answeringScopes)
    .filter(
      (scope) =>
        keepsAnswers(scope) ||
        (scope.directives.some(passingDirective) && sentHeader(scope, "Cache-Control") !== undefined),
    );
}

function checkScope(nginx: NginxView, scope: NginxScope): Draft[] {
  const name = scopeText(scope);
  const leaks = leaksOf(nginx, scope);
  if (leaks.length === 0)
    return [pass(`${name} keeps nothing that is one browser's alone`, { about: name, place: placed(scope.place) })];
  return leaks.map(({ reason, fix, isOpen, by }) => {
    const details = { about: `${name} ${by.name}`, place: placed(by.place) };
    return isOpen
      ? unknown(`${name} may be one that ${reason}: a request tells`, fix, details)
      : fail(`${name} ${reason}`, fix, details);
  });
}

function checkDistribution(distribution: Resource, context: Context): Draft[] {
  return behavioursOf(distribution).map((behaviour, index) => {
    if (behaviour === UNKNOWN)
      return unknown("what is kept for some paths is not known", checkLater, { about: "behaviours" });
    const { name, value } = behaviour;
    const property = index === 0 ? "defaultCacheBehavior" : "orderedCacheBehaviors";
    return checkKept(name, kept(distribution, property, value, context));
  });
}

/** How long answers are kept at least, in seconds, and whether they may be for one browser. */
interface Kept {
  readonly seconds: number | typeof UNKNOWN;
  readonly isPersonal: boolean | typeof UNKNOWN;
}

function kept(distribution: Resource, property: string, behaviour: Value | undefined, { graph }: Context): Kept {
  const id = entry(behaviour, "cachePolicyId");
  if (uncovered(id) === undefined) {
    const forward = text(entry(entry(entry(behaviour, "forwardedValues"), "cookies"), "forward"));
    return {
      seconds: wholeNumber(entry(behaviour, "minTtl")) ?? 0,
      isPersonal: forward === UNKNOWN ? UNKNOWN : (forward ?? "none") !== "none",
    };
  }
  const { resources, uncertain } = referencesOf(graph, distribution, property, id, [policyType]);
  const all = resources.map(({ properties }) => wholeNumber(properties["minTtl"]) ?? 0);
  const longest = all.includes(UNKNOWN) ? UNKNOWN : Math.max(0, ...all.filter((one) => one !== UNKNOWN));
  const passes = uncovered(entry(behaviour, "originRequestPolicyId")) !== undefined;
  const cookies = resources.map(({ properties }) =>
    text(entry(entry(properties["parametersInCacheKeyAndForwardedToOrigin"], "cookiesConfig"), "cookieBehavior")),
  );
  return {
    // What AWS manages keeps for a second at most, and lets no cookie through by itself.
    seconds: uncertain && resources.length === 0 ? UNKNOWN : longest,
    isPersonal:
      passes ||
      cookies.some((one) => one !== UNKNOWN && one !== undefined && one !== "none") ||
      (cookies.includes(UNKNOWN) ? UNKNOWN : false),
  };
}

function checkKept(name: string, { seconds, isPersonal }: Kept): Draft {
  const details = { about: name };
  if (seconds === 0 || isPersonal === false) return pass(`${name} keeps nothing that is one browser's alone`, details);
  if (seconds === UNKNOWN || isPersonal === UNKNOWN)
    return unknown(`for how long ${name} keeps what is one browser's alone is not known`, checkLater, details);
  return fail(`${name} keeps all answers for ${seconds} s, those that say private, too`, "set minTtl to 0", details);
}
