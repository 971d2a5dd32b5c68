import { Context } from "../context";
import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { NginxScope } from "../reader/nginx/nginx-view";
import { Draft, Rule } from "../rule";
import { contentScopes, publicServers, sentHeader } from "../web/content-scopes";
import { edgeSendsNosniff } from "../web/edge-headers";
import { scopeText } from "../web/scope-text";
import { absent, fail, pass, placed, unknown } from "./drafts";

const header = "X-Content-Type-Options";

/** Without it browsers run as a script what was uploaded as a picture. */
export const hdrNosniff: Rule<WebHost> = {
  id: "hdr-nosniff",
  item: "content-type-header",
  title: "Every answer forbids guessing its content type",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "X-Content-Type-Options: nosniff has to be in force in every block that answers with content. A CloudFront response " +
    "headers policy or an attribute of all listeners of a load balancer before the host will do instead. Redirects, " +
    "refusals and answers to certificate challenges have nothing to guess.",
  targets: webHosts,
  check({ host, nginx }, context: Context) {
    if (edgeSendsNosniff(host, context)) return [pass("what stands before the host sends nosniff")];
    return publicServers(nginx).flatMap((server) => contentScopes(server).map((scope) => checkScope(host, scope)));
  },
};

function checkScope(host: Host, scope: NginxScope): Draft {
  const name = scopeText(scope);
  const sent = sentHeader(scope, header);
  const details = { about: name, place: placed(sent?.place ?? scope.place) };
  const value = sent?.args[1] ?? "";
  if (!sent)
    return absent(
      host,
      `${name} answers without ${header}`,
      `add_header ${header} nosniff always, there or in an outer block`,
      details,
    );
  if (value.includes("$"))
    return unknown(`${name} sends ${header} with a value that only a request tells`, `send nosniff itself`, details);
  if (value.toLowerCase() !== "nosniff")
    return fail(`${name} sends ${header} with another value than nosniff`, "send nosniff", details);
  return pass(`${name} sends nosniff`, details);
}
