import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { fileName } from "../nginx/files";
import { sentOnNames } from "../names";
import { Effect, PlannedFile, PlannedWebServer } from "../plan";
import { routesByDomain } from "../site-route";
import { authorityFiles } from "../tls/authorities";
import { defaultSite } from "./default-site";
import { apacheFolder } from "./folder";
import { removedHeadersFile, removeHeaders } from "./forwarded";
import { mainFile } from "./main";
import { renderApache } from "./render";
import { ownAuthorities } from "./servers-tls";
import { site } from "./site";
import { ApacheDirective } from "./tree";

/** httpd as the apply program knows it; its unit reloads when one of these files changes. */
export const apacheServer: PlannedWebServer = {
  unit: "apache2.service",
  folder: `${apacheFolder}/`,
  main: "apache2.conf",
  check: ["apache2", "-t", "-f"],
};

/**
 * httpd's configuration for the apps of one host: the main file, which is ours as a whole (nothing of Debian's default
 * site is left), a file for strangers, and one for each domain.
 */
export function apacheFiles(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): PlannedFile[] {
  return [
    file(apacheServer.main, mainFile(apps, hops, guest, web)),
    file(removedHeadersFile, removeHeaders(hops)),
    file("sites/00-default.conf", defaultSite(apps, hops)),
    ...[...routesByDomain(apps)].map(([domain, routes]) =>
      file(`sites/${fileName(domain)}.conf`, site(domain, routes, hops, web)),
    ),
    ...sentOnNames(hops).map((name) => file(`sites/${fileName(name)}.conf`, site(name, [], hops, web))),
    ...authorityFiles(apps, ownAuthorities, apacheServer.unit),
  ];
}

function file(path: string, directives: readonly ApacheDirective[]): PlannedFile {
  return {
    path: `${apacheFolder}/${path}`,
    content: renderApache(directives),
    mode: "0644",
    owner: "root",
    group: "root",
    change: { effect: Effect.Reload, units: [apacheServer.unit] },
  };
}
