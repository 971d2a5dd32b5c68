import { App } from "../../app/app";
import { ServeBy } from "../../app/route/route";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { sentOnNames } from "../names";
import { Effect, PlannedFile } from "../plan";
import { routesByDomain } from "../site-route";
import { authorityFiles } from "../tls/authorities";
import { stayMaps } from "./balance";
import { cacheMaps } from "./cache";
import { defaultSite } from "./default-site";
import { filesFirstMaps } from "./files-location";
import { removedHeaders, removedHeadersFile } from "./forwarded";
import { freshnessMaps } from "./freshness";
import { mainFile } from "./main";
import { restMaps } from "./proxy-location";
import { render } from "./render";
import { ruleMaps } from "./route-rules";
import { ownAuthorities } from "./servers-tls";
import { site } from "./site";
import { Directive } from "./tree";
import { upstreams } from "./upstreams";

/** Folder of nginx's configuration. */
export const nginxFolder = "/etc/nginx";

/** nginx's unit, which reloads when one of these files changes. */
export const nginxUnit = "nginx.service";

/**
 * nginx's configuration for the apps of one host: the main file, which is ours as a whole (nothing of Debian's default
 * site is left), a file for strangers, one for each app that is proxied to or has rules of its own, and one for each name.
 */
export function nginxFiles(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): PlannedFile[] {
  return [
    file("nginx.conf", mainFile(apps, hops, guest, web)),
    file(removedHeadersFile, removedHeaders(hops)),
    file("sites/00-default.conf", defaultSite(apps, hops, guest)),
    ...apps.flatMap((app) => appFiles(app, hops)),
    ...[...routesByDomain(apps)].map(([domain, routes]) =>
      file(`sites/${fileName(domain)}.conf`, site(domain, routes, hops, guest, web)),
    ),
    ...sentOnNames(hops).map((name) => file(`sites/${fileName(name)}.conf`, site(name, [], hops, guest, web))),
  ];
}

/** What is said of one app, whatever its domains. */
function appFiles(app: App, hops: HopChain): PlannedFile[] {
  const directives = [
    ...(isProxied(app) ? [...upstreams(app, hops), ...stayMaps(app), ...restMaps(app)] : []),
    ...filesFirstMaps(app),
    ...cacheMaps(app),
    ...freshnessMaps(app),
    ...ruleMaps(app),
  ];
  return [
    ...(directives.length ? [file(`apps/${app.name}.conf`, directives)] : []),
    ...authorityFiles([app], ownAuthorities, nginxUnit),
  ];
}

function isProxied(app: App): boolean {
  return (app.routes ?? []).some((route) => route.serve !== ServeBy.Files);
}

/** Validation takes only host names; this makes sure that none of them names a file elsewhere. */
export function fileName(domain: string): string {
  if (!/^[\w-][\w.-]*$/.test(domain)) throw new Error(`domain ${JSON.stringify(domain)} is not a host name`);
  return domain;
}

function file(path: string, directives: readonly Directive[]): PlannedFile {
  return {
    path: `${nginxFolder}/${path}`,
    content: render(directives),
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.Reload, units: [nginxUnit] },
  };
}
