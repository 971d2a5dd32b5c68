import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { dropped, effective } from "../reader/nginx/effective";
import { NginxScope, PlacedDirective } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { Draft, Rule } from "../rule";
import { publicServers } from "../web/content-scopes";
import { scopeText } from "../web/scope-text";
import { absent, fail, pass, placed } from "./drafts";

/** Headers that protect only when every answer has them. Others, such as Cache-Control, may differ from block to block. */
const protective = new Set(
  [
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-XSS-Protection",
  ].map((name) => name.toLowerCase()),
);

/** One add_header for a cache takes all protection off a location, and nobody sees it. */
export const hdrInheritance: Rule<WebHost> = {
  id: "hdr-inheritance",
  item: "content-type-header",
  title: "No block loses the security headers of the block around it",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "nginx forgets every add_header of the outer blocks in a block that has one of its own, unless add_header_inherit " +
    "(1.29.3) says otherwise; and without `always` it leaves errors out. Repeat the outer headers in the inner block, " +
    "best by an include, and end each with always.",
  targets: webHosts,
  check({ host, nginx }) {
    const scopes = publicServers(nginx).flatMap(answeringScopes);
    const drafts = [...scopes.flatMap((scope) => checkDropped(host, scope)), ...checkAlways(scopes)];
    return drafts.length > 0 ? drafts : [pass("security headers are in force in every block")];
  },
};

function checkDropped(host: Host, scope: NginxScope): Draft[] {
  const own = new Set(effective(scope, "add_header").map(nameOf));
  const lost = dropped(scope, "add_header").filter(
    (directive) => protective.has(nameOf(directive)) && !own.has(nameOf(directive)),
  );
  if (lost.length === 0) return [];
  const names = [...new Set(lost.map(({ args }) => args[0]))].join(", ");
  const name = scopeText(scope);
  return [
    absent(host, `${name} has an add_header of its own and so loses ${names}`, "repeat them there", {
      about: name,
      place: placed(scope.directives.find((directive) => directive.name === "add_header")?.place ?? scope.place),
    }),
  ];
}

/** Each directive once, however many blocks it is in force in. */
function checkAlways(scopes: readonly NginxScope[]): Draft[] {
  const sent = new Set(scopes.flatMap((scope) => effective(scope, "add_header")));
  return [...sent]
    .filter((directive) => protective.has(nameOf(directive)) && directive.args[2] !== "always")
    .map((directive) =>
      fail(`${directive.args[0]} is left out of errors`, "add always behind its value", {
        about: `${directive.args[0]} always`,
        place: placed(directive.place),
      }),
    );
}

const nameOf = ({ args }: PlacedDirective): string => (args[0] ?? "").toLowerCase();
