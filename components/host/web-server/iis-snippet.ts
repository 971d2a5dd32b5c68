import { renderXml } from "../xml/render";
import { element, XmlElement } from "../xml/tree";
import { challengePath } from "../tls/challenge";
import { HandedPath, SnippetPlan } from "./plan-snippet";

/** A `web.config` for IIS with URL Rewrite and Application Request Routing that hands paths on to the host. */
export function iisSnippet(plan: SnippetPlan): string {
  const { challenges, paths } = plan;
  const rules = [
    ...(challenges ? [rule("landfall challenges", challengePath, "http", plan)] : []),
    // The first rule that matches ends it, so the longest path is in front.
    ...[...paths].reverse().map(({ path }) => rule(`landfall ${path}`, path, "https", plan)),
  ];
  const settings = element("system.webServer", {}, [element("rewrite", {}, [element("rules", {}, rules)])]);
  const root = element("configuration", {}, [settings, ...paths.map(bodyLimit)]);
  return renderXml({ ...root, comment: needs(plan) });
}

/** What is set for the whole server, not by a site's file. */
function needs({ paths }: SnippetPlan): string {
  const longest = Math.max(...paths.map(({ answerSeconds }) => answerSeconds));
  const sockets = paths.some(({ websocket }) => websocket);
  return [
    "Set once for the server, as administrator (appcmd is in %windir%\\system32\\inetsrv):",
    `appcmd set config -section:system.webServer/proxy /enabled:true /preserveHostHeader:true /reverseRewriteHostInResponseHeaders:false /timeout:${clock(longest)} /commit:apphost`,
    ...["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"].map(
      (name) =>
        `appcmd set config -section:system.webServer/rewrite/allowedServerVariables /+"[name='${name}']" /commit:apphost`,
    ),
    ...(sockets ? ["Install the feature WebSocket Protocol (Web-WebSockets)."] : []),
  ].join("\n");
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function rule(name: string, path: string, scheme: "http" | "https", { domain, host }: SnippetPlan): XmlElement {
  const prefix = quotePattern(path.slice(1).replace(/\/$/, ""));
  const condition = (input: string, pattern: string): XmlElement =>
    element("conditions", {}, [element("add", { input, pattern })]);
  return element("rule", { name, stopProcessing: "true" }, [
    element("match", { url: prefix === "" ? ".*" : `^${prefix}(?:/.*)?$` }),
    condition("{HTTP_HOST}", `^${quotePattern(domain)}(?::\\d+)?$`),
    element("serverVariables", {}, [
      element("set", { name: "HTTP_X_FORWARDED_FOR", value: "{REMOTE_ADDR}" }),
      element("set", { name: "HTTP_X_FORWARDED_PROTO", value: "https" }),
    ]),
    // UNENCODED_URL begins with a slash and is what the client wrote.
    element("action", { type: "Rewrite", url: `${scheme}://${host}{UNENCODED_URL}`, appendQueryString: "false" }),
  ]);
}

function bodyLimit({ path, bodyMiB }: HandedPath): XmlElement {
  const limits = element("requestLimits", { maxAllowedContentLength: String(bodyMiB * 1024 * 1024) });
  const inner = element("system.webServer", {}, [element("security", {}, [element("requestFiltering", {}, [limits])])]);
  return element("location", { path: path === "/" ? "." : path.slice(1, -1) }, [inner]);
}

function quotePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
