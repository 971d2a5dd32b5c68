import { renderApache } from "../apache/render";
import { checkedServers } from "../apache/servers-tls";
import { apache, ApacheDirective, noted, section } from "../apache/tree";
import { systemAuthorities } from "../tls/authorities";
import { challengePath } from "../tls/challenge";
import { HandedPath, SnippetPlan } from "./plan-snippet";
import { keptSeconds } from "./web-server";

/** Part of a `VirtualHost` of httpd 2.4 that hands paths on to the host. */
export function apacheSnippet(plan: SnippetPlan): string {
  const { challenges, paths } = plan;
  return renderApache([
    apache("ProxyPreserveHost", "On"),
    apache("ProxyAddHeaders", "On"),
    ...(challenges ? [challengeSection(plan)] : []),
    connection(plan),
    // The first one that matches is taken, but of the sections the last.
    ...[...paths].reverse().map((handed) => handOver(handed, plan)),
    ...paths.map(location),
  ]);
}

function challengeSection({ domain, host }: SnippetPlan): ApacheDirective {
  return noted(
    `${domain}: lets the host get the certificate that is checked below`,
    apache("ProxyPass", challengePath, `http://${host}${challengePath}`),
  );
}

/** How it connects. The certificate is checked against the name of the request, which goes to the host as it is. */
function connection({ host, challenges }: SnippetPlan): ApacheDirective {
  const checked = checkedServers(systemAuthorities);
  const unchecked = ["Name", "CN", "Expire"].map((what) => apache(`SSLProxyCheckPeer${what}`, "Off"));
  return section(
    "Proxy",
    [`https://${host}/*`],
    [apache("SSLProxyEngine", "On"), ...(challenges ? checked : [apache("SSLProxyVerify", "none"), ...unchecked])],
  );
}

/** Without its last slash a path is matched by itself too, and `/app` never matches `/apple`. */
const prefixOf = (path: string): string => (path === "/" ? "/" : path.slice(0, -1));

function handOver({ path, websocket, answerSeconds }: HandedPath, { domain, host }: SnippetPlan): ApacheDirective {
  const prefix = prefixOf(path);
  return noted(
    `${domain}${path}: handed on as it is written`,
    apache(
      "ProxyPass",
      prefix,
      `https://${host}${prefix}`,
      `timeout=${answerSeconds}`,
      `ttl=${keptSeconds}`,
      ...(websocket ? ["upgrade=websocket"] : []),
      "nocanon",
    ),
  );
}

function location({ path, bodyMiB }: HandedPath): ApacheDirective {
  return section(
    "Location",
    [prefixOf(path)],
    [
      noted(
        "the client alone: httpd adds its address behind what the client says about itself",
        apache("RequestHeader", "unset", "X-Forwarded-For"),
      ),
      apache("RequestHeader", "set", "X-Forwarded-Proto", "expr=%{REQUEST_SCHEME}"),
      apache("LimitRequestBody", bodyMiB * 1024 * 1024),
    ],
  );
}
