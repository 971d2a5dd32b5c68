import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { TlsPort, tlsPorts } from "../name-ways";
import { Effect, PlannedFile } from "../plan";
import { authorityFiles } from "../tls/authorities";
import { ownAuthorities } from "./authorities";
import { haproxyFolder, haproxyUnit } from "./folder";
import { renderHaproxy } from "./render";
import { answeredNames, webServerSections } from "./sections";
import { siteRoutes } from "./site-routes";
import { certificateList, certificateListText } from "./tls";

/** HAProxy's configuration as the whole web server of a host. */
export function haproxyFiles(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): PlannedFile[] {
  return [
    haproxyFile(`${haproxyFolder}/haproxy.cfg`, renderHaproxy(webServerSections(apps, hops, guest, web))),
    ...certificateLists(tlsPorts(answeredNames(siteRoutes(apps), hops), hops), hops),
    ...authorityFiles(apps, ownAuthorities, haproxyUnit),
  ];
}

/** The list of certificates of each port. */
export const certificateLists = (ports: readonly TlsPort[], hops: HopChain): PlannedFile[] =>
  ports.map(({ port, names }) => haproxyFile(certificateList(port), certificateListText(names, hops)));

export function haproxyFile(path: string, content: string): PlannedFile {
  const change = { effect: Effect.Reload, units: [haproxyUnit] };
  return { path, content, mode: "0644", owner: "root", group: "root", change };
}
