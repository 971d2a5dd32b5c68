import { Context } from "../context";
import { Level, Severity } from "../finding";
import { ofType, Resource } from "../graph/graph";
import { entry, list, text, truth, uncovered } from "../graph/read";
import { UNKNOWN } from "../graph/value";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { NginxScope, NginxView } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { Draft, Rule, Target } from "../rule";
import { publicServers, sentHeader } from "../web/content-scopes";
import { headersPolicyType } from "../web/edge-headers";
import { mapOf } from "../web/mapped-values";
import { Allowed, allowedBy } from "../web/origins";
import { scopeText } from "../web/scope-text";
import { checkLater, fail, pass, placed, unknown } from "./drafts";

const fix = "list the origins that may read, by a map of $http_origin whose values are written out";

type Sayer = Target & ({ readonly web: WebHost } | { readonly policy: Resource });

/** Whoever opens a stranger's page with a session of this site shows it all that the session may see. */
export const corsSafe: Rule<Sayer> = {
  id: "cors-safe",
  item: "cors",
  title: "Pages of other origins read only what they are listed for, and none of them all with credentials",
  severity: Severity.High,
  level: Level.Mandatory,
  help:
    "Access-Control-Allow-Origin must not repeat the origin that the client names, by $http_origin or by a map that takes " +
    "strangers' origins, too (an expression without ^ or $ finds a listed name within theirs); and Access-Control-Allow-" +
    "Credentials must not go with every origin. Answers for everybody without credentials, such as fonts, are let be. nginx " +
    "and response headers policies of CloudFront are looked at.",
  targets: (context) => [
    ...webHosts(context)
      .filter(({ nginx }) => sayers(nginx).length > 0)
      .map((web) => ({ urn: web.urn, web })),
    ...ofType(context.graph, headersPolicyType)
      .filter(({ properties }) => uncovered(properties["corsConfig"]) !== undefined)
      .map((policy) => ({ urn: policy.urn, policy })),
  ],
  check: (target: Sayer, _context: Context) =>
    "web" in target
      ? sayers(target.web.nginx).map((scope) => checkScope(target.web.nginx, scope))
      : [checkPolicy(target.policy)],
};

const origin = "Access-Control-Allow-Origin";

/** The blocks that say who may read. */
function sayers(nginx: NginxView): NginxScope[] {
  return publicServers(nginx)
    .flatMap(answeringScopes)
    .filter((scope) => sentHeader(scope, origin) !== undefined);
}

function checkScope(nginx: NginxView, scope: NginxScope): Draft {
  const name = scopeText(scope);
  const said = sentHeader(scope, origin)!; // it is among those that say it
  const details = { about: name, place: placed(said.place) };
  switch (allowedBy(nginx, said.args[1] ?? "")) {
    case Allowed.Reflected:
      return fail(`${name} lets every origin read, by repeating the one that it is told`, fix, details);
    case Allowed.Unknown:
      return unknown(`whom ${name} lets read depends on what cannot be tried here`, fix, details);
    case Allowed.Any:
      return saysCredentials(nginx, scope)
        ? fail(`${name} lets every origin read with credentials`, fix, details)
        : pass(`${name} lets every origin read, without credentials`, details);
    case Allowed.Listed:
      return pass(`${name} lets listed origins read`, details);
  }
}

/** Whether answers can be read with cookies: the header is `true`, or a variable that can be. */
function saysCredentials(nginx: NginxView, scope: NginxScope): boolean {
  const value = sentHeader(scope, "Access-Control-Allow-Credentials")?.args[1] ?? "";
  const map = mapOf(nginx, value);
  return value === "true" || (map?.values.some((one) => one.value === "true") ?? value.includes("$"));
}

function checkPolicy({ name, properties }: Resource): Draft {
  const config = properties["corsConfig"];
  const credentials = truth(entry(config, "accessControlAllowCredentials"));
  const items = list(entry(entry(config, "accessControlAllowOrigins"), "items"));
  if (credentials === undefined || credentials === false) return pass(`${name} lets nobody read with credentials`);
  if (items !== UNKNOWN && items.some((item) => text(item) === "*"))
    return credentials === UNKNOWN
      ? unknown(`whether ${name} lets every origin read with credentials is not known`, checkLater)
      : fail(`${name} lets every origin read with credentials`, "list the origins that may read");
  if (items === UNKNOWN || items.some((item) => text(item) === UNKNOWN))
    return unknown(`whom ${name} lets read with credentials is not known`, checkLater);
  return pass(`${name} lets listed origins read`);
}
