import { Level, Severity } from "../finding";
import { Host } from "../hosts/host";
import { WebHost, webHosts } from "../hosts/web-hosts";
import { effective } from "../reader/nginx/effective";
import { NginxScope, NginxView, PlacedDirective } from "../reader/nginx/nginx-view";
import { answeringScopes } from "../reader/nginx/scopes";
import { Draft, Rule } from "../rule";
import { scopeText } from "../web/scope-text";
import { isLocal, upstreamOf } from "../web/upstream";
import { absent, fail, pass, placed } from "./drafts";

/** Headers by which an app learns what the client asked for, and who it is. */
const required = ["Host", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Proto"];

/** Values of `Host` that are not the name of the site. */
const badHosts: Readonly<Record<string, string>> = {
  $http_host: "is what the client sent, which nginx has not checked",
  $proxy_host: "is the upstream's name, not the site's",
};

/** An app that does not know its own address builds wrong links, logs the proxy as its client, and loops on redirects. */
export const proxyHeaders: Rule<WebHost> = {
  id: "proxy-headers",
  item: "reverse-proxy",
  title: "An app learns the real host, address and scheme of each request",
  severity: Severity.Medium,
  level: Level.Mandatory,
  help:
    "Where nginx hands a request to an app, Host, X-Real-IP, X-Forwarded-For and X-Forwarded-Proto have to be in force. " +
    "One proxy_set_header in a block undoes all that stand outside of it, so what is in force is worked out for each " +
    "location. Host has to be $host or a name: $http_host is whatever the client sent.",
  targets: webHosts,
  check({ host, nginx }) {
    return nginx.servers.flatMap((server) =>
      answeringScopes(server)
        .filter((scope) => handsToApp(nginx, scope))
        .flatMap((scope) => checkScope(host, scope)),
    );
  },
};

/** Whether a block hands requests to a program on this machine. Other sites have their own idea of Host. */
function handsToApp(nginx: NginxView, scope: NginxScope): boolean {
  return effective(scope, "proxy_pass").some((directive) => {
    const { addresses, variable } = upstreamOf(nginx, directive);
    return variable !== null || addresses.some(isLocal);
  });
}

/** What the file proxy_params sets that Debian's packages of nginx bring. */
const debianParameters: Readonly<Record<string, string>> = {
  Host: "$http_host",
  "X-Real-IP": "$remote_addr",
  "X-Forwarded-For": "$proxy_add_x_forwarded_for",
  "X-Forwarded-Proto": "$scheme",
};

/** The headers in force in a block, with those of Debian's own file in their place. */
function sentHeaders(scope: NginxScope): PlacedDirective[] {
  const included = scope.directives.find(
    ({ name, args }) => name === "include" && /(^|\/)proxy_params$/.test(args[0] ?? ""),
  );
  const own = scope.directives.filter(({ name }) => name === "proxy_set_header");
  if (!included) return own.length > 0 || !scope.parent ? own : sentHeaders(scope.parent);
  const known = Object.entries(debianParameters).map(([header, value]) => ({
    name: "proxy_set_header",
    args: [header, value],
    place: included.place,
  }));
  return [...known, ...own];
}

function checkScope(host: Host, scope: NginxScope): Draft[] {
  const name = scopeText(scope);
  const set = new Map(sentHeaders(scope).map((directive) => [directive.args[0]?.toLowerCase(), directive]));
  const missing = required.filter((header) => !set.get(header.toLowerCase())?.args[1]);
  const drafts: Draft[] = [];
  if (missing.length > 0)
    drafts.push(
      absent(
        host,
        `${name} hands requests on without ${missing.join(", ")}`,
        "set them there, or in an outer block and none here",
        {
          about: name,
          place: placed(scope.place),
        },
      ),
    );
  const hostHeader = set.get("host");
  const fault = badHosts[(hostHeader?.args[1] ?? "").replace(/[{}]/g, "")];
  if (hostHeader && fault)
    drafts.push(
      fail(`${name} sends a Host that ${fault}`, "use $host", {
        about: `${name} Host`,
        place: placed(hostHeader.place),
      }),
    );
  return drafts.length > 0
    ? drafts
    : [pass(`${name} hands the headers on`, { about: name, place: placed(scope.place) })];
}
