import { conditionValues, Listener, listeners } from "../balancers/listeners";
import { plainFault } from "../balancers/plain-http";
import { challengePattern } from "../cdn/distributions";
import { isForCdnOnly } from "../cdn/guard";
import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Resource } from "../graph/graph";
import { entry, text, uncovered } from "../graph/read";
import { UNKNOWN, Value } from "../graph/value";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { Draft, Rule, Target } from "../rule";
import { Misled, misled, plainPort, plainScopes, plainServers } from "../web/plain-servers";
import { scopeText, serverText } from "../web/scope-text";
import { checkLater, fail, pass, placed, unknown } from "./drafts";

const redirect = { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" };

const fix = `redirect to protocol HTTPS, port "443", statusCode HTTP_301`;

type PlainEnd = Target & ({ readonly listener: Listener } | { readonly web: WebHost });

/** Most people type no https://, so what answers them first decides whether anybody reads along. */
export const tlsRedirect: Rule<PlainEnd> = {
  id: "tls-redirect",
  item: "https-redirect",
  title: "Plain HTTP is sent to HTTPS for good, and answers nothing itself",
  severity: Severity.High,
  level: Level.Remediate,
  help:
    "A public listener for HTTP has to redirect to HTTPS on port 443 with HTTP_301, by default and in each rule, or to refuse. " +
    "So has each server of nginx that takes plain HTTP, on whichever port, and to the port on which its name has TLS, unless a load balancer or CDN stands before it. Challenges of certificate " +
    `authorities (${challengePattern}), balancers for other networks only, those that only CloudFront reaches, and ` +
    "connections that are not HTTP are let be. In the policy pack a redirect that leads elsewhere is put right; a listener " +
    "that hands requests on is not: whether it may lose them, only people know.",
  targets: (context) => [
    ...listeners(context.graph)
      .filter(({ protocol, internal }) => !internal && (protocol === "HTTP" || protocol === UNKNOWN))
      .map((listener) => ({ urn: listener.urn, listener })),
    ...webHosts(context)
      .filter(({ nginx }) => plainServers(nginx).length > 0)
      .map((web) => ({ urn: web.urn, web })),
  ],
  check: (target, context) => ("web" in target ? checkHost(target.web) : checkListener(target.listener, context)),
  remediate(type, properties) {
    const actions = uncovered(properties["defaultActions"]);
    if (type !== "aws:lb/listener:Listener" || text(properties["protocol"]) !== "HTTP" || !Array.isArray(actions))
      return undefined;
    if (typeof plainFault(actions) !== "string") return undefined;
    const put = (actions as readonly Value[]).map(putRight);
    return typeof plainFault(put) === "string" ? undefined : { ...properties, defaultActions: put };
  },
};

/** A redirect that leads to TLS, with its host, path and query. */
function putRight(action: Value): Value {
  const bare = uncovered(action);
  const given = uncovered(entry(action, "redirect"));
  if (text(entry(action, "type")) !== "redirect" || !isBlock(bare) || !isBlock(given)) return action;
  return { ...bare, redirect: { ...given, ...redirect } };
}

function isBlock(value: Value | undefined): value is Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkListener({ resource, protocol, balancers, rules }: Listener, context: Context): Draft[] {
  const { name, properties } = resource;
  if (protocol === UNKNOWN) return [unknown(`what ${name} speaks is not known`, checkLater, { about: "protocol" })];
  if (balancers.length > 0 && balancers.every((balancer) => isForCdnOnly(balancer, context)))
    return [pass(`nobody but CloudFront reaches ${name}`)];
  const own = checkActions(name, properties["defaultActions"], { about: "default" });
  return [own, ...rules.filter((rule) => !isForChallenges(rule)).map(checkRule)];
}

const checkRule = ({ name, urn, properties }: Resource): Draft =>
  checkActions(name, properties["actions"], { about: name, resource: urn });

function checkActions(name: string, actions: Value | undefined, details: { about: string; resource?: string }): Draft {
  const fault = plainFault(actions);
  if (fault === UNKNOWN) return unknown(`what ${name} does with plain HTTP is not known`, checkLater, details);
  if (fault !== null) return fail(`${name} ${fault}`, fix, details);
  return pass(`${name} sends plain HTTP to HTTPS, or refuses it`, details);
}

/** Whether a rule is for the challenges of certificate authorities, and for no other path. */
function isForChallenges(rule: Resource): boolean {
  const paths = conditionValues(rule, "pathPattern");
  return paths !== UNKNOWN && paths.length > 0 && paths.every((path) => path === challengePattern);
}

function checkHost({ host, nginx }: WebHost): Draft[] {
  const { loadBalancers = [], distributions = [] } = host.machine?.entries ?? {};
  if (loadBalancers.length + distributions.length > 0)
    return [pass("what stands before the host decides about plain HTTP", { about: "nginx" })];
  return plainServers(nginx).flatMap((server) => {
    const scopes = plainScopes(server);
    const port = plainPort(server)!; // it is among those that have one
    const about = `${serverText(server)} port ${port}`;
    const lost = misled(nginx, server);
    if (lost.length > 0) return lost.map((one) => checkMisled(one, port));
    if (scopes.length === 0)
      return [pass(`${serverText(server)} sends plain HTTP to HTTPS`, { about, place: placed(server.place) })];
    return scopes.map((scope) =>
      fail(`${scopeText(scope)} answers plain HTTP`, "return 308 https://$host$request_uri", {
        about: `${scopeText(scope)} port ${port}`,
        place: placed(scope.place),
      }),
    );
  });
}

/** Whoever is sent where nobody answers gets nothing at all. */
function checkMisled({ scope, port, listening }: Misled, plain: number): Draft {
  return fail(
    `${scopeText(scope)} sends plain HTTP to port ${port}, and TLS is on port ${listening}`,
    `name port ${listening} in its return`,
    { about: `${scopeText(scope)} port ${plain}`, place: placed(scope.place) },
  );
}
