import { App } from "../../app/app";
import { Web } from "../../app/web";
import { Guest } from "../guest";
import { HopChain } from "../hops";
import { Effect, PlannedFile } from "../plan";
import { authorityFiles } from "../tls/authorities";
import { ownAuthorities } from "./authorities";
import { listeners } from "./frontends";
import { haproxyFolder, haproxyUnit } from "./folder";
import { renderHaproxy } from "./render";
import { answeredNames, webServerSections } from "./sections";
import { siteRoutes } from "./site-routes";
import { certificateList, certificateListText } from "./tls";

/** HAProxy's configuration as the whole web server of a host. */
export function haproxyFiles(apps: readonly App[], hops: HopChain, guest: Guest, web: Web = {}): PlannedFile[] {
  const listening = listeners(answeredNames(siteRoutes(apps), hops), hops).filter(({ isSecure }) => isSecure);
  return [
    haproxyFile(`${haproxyFolder}/haproxy.cfg`, renderHaproxy(webServerSections(apps, hops, guest, web))),
    ...listening.map(({ port, ways }) =>
      haproxyFile(
        certificateList(port),
        certificateListText(
          ways.map(({ name }) => name),
          hops,
        ),
      ),
    ),
    ...authorityFiles(apps, ownAuthorities, haproxyUnit),
  ];
}

export function haproxyFile(path: string, content: string): PlannedFile {
  const change = { effect: Effect.Reload, units: [haproxyUnit] };
  return { path, content, mode: "0644", owner: "root", group: "root", change };
}
