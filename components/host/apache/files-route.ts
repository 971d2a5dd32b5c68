import { indexNames, servedFolder } from "../served-folder";
import { isStripped, SiteRoute } from "../site-route";
import { uncompressed } from "./compression";
import { freshFiles } from "./freshness";
import { ofRoute } from "./route";
import { ruleHeaders } from "./route-rules";
import { quoted } from "./text";
import { apache, ApacheDirective } from "./tree";

/** The folder of what is below a route's path. */
export function folderBehind({ app, route }: SiteRoute): string {
  const folder = servedFolder(app, route);
  return isStripped(route) ? folder : `${folder}${(route.path ?? "/").slice(0, -1)}`;
}

/** Where the files of a route are: a folder for each path, so that no path leads out of one. */
export function folderOf(of: SiteRoute): ApacheDirective[] {
  const path = of.route.path ?? "/";
  const folder = folderBehind(of);
  if (path === "/") return [apache("DocumentRoot", folder)];
  // Both end in a slash, or `/docs../` would leave the folder.
  return [apache("Alias", path, `${folder}/`)];
}

/** What holds for the requests of a route that is answered from files. */
export function filesSection(of: SiteRoute): ApacheDirective[] {
  const path = of.route.path ?? "/";
  return [
    apache("AcceptPathInfo", "Off"),
    apache("DirectoryIndex", ...indexNames(of.route)),
    apache("ErrorDocument", 404, `${path}404.html`),
    ...ruleHeaders(of),
    ...freshFiles(of),
    ...uncompressed(of),
  ];
}

/** No folders of tools, like .git (RFC 8615 keeps .well-known for what is to be found). */
export function hideInFiles(of: SiteRoute): ApacheDirective[] {
  return [
    ofRoute(of),
    apache("RewriteRule", `^${quoted(of.route.path ?? "/")}(?:.*/)?\\.(?!well-known(?:/|$))`, "-", "[R=404,L]"),
  ];
}

/** Nothing is sent to files. */
export function readOnlyFiles(of: SiteRoute): ApacheDirective[] {
  return [
    ofRoute(of),
    apache("RewriteCond", "%{REQUEST_METHOD}", "!^(?:GET|HEAD)$"),
    apache("RewriteRule", "^", "-", "[R=405,L]"),
  ];
}
