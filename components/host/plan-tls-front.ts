import { basename, dirname } from "node:path";
import { App } from "../app/app";
import { usualFrontPort } from "../app/validation/web-front";
import { Web } from "../app/web";
import { TlsFront, WebFront } from "../app/web-front";
import { Guest } from "./guest";
import { ownAuthorities } from "./haproxy/authorities";
import { haproxyFile } from "./haproxy/files";
import { haproxyFolder, haproxyUnit } from "./haproxy/folder";
import { frontSections } from "./haproxy/front";
import { renderHaproxy } from "./haproxy/render";
import { haproxyServer } from "./haproxy/server";
import { certificateList, certificateListText } from "./haproxy/tls";
import { hitchConfiguration, hitchFile, hitchUnit } from "./hitch/configuration";
import { HopChain, longestSilenceSeconds } from "./hops";
import { addressOf, leadingNames } from "./names";
import { Effect, PlannedFile, PlannedWebServer } from "./plan";
import { stunnelConfiguration, stunnelFrontFile, stunnelFrontUnit, stunnelUser } from "./stunnel/configuration";
import { authorityFiles } from "./tls/authorities";

/** What a host has for the program in front of nginx. */
export interface FrontPlan {
  packages: string[];
  files: PlannedFile[];
  units: string[];
  server: PlannedWebServer;
}

/** Plans the program in which TLS ends in front of nginx; `apps` have routes. */
export function planTlsFront(
  apps: readonly App[],
  front: WebFront,
  hops: HopChain,
  guest: Guest,
  web: Web = {},
): FrontPlan {
  const port = front.port ?? usualFrontPort;
  const routes = apps.flatMap((app) => app.routes ?? []);
  const names = [...new Set([...routes.map(({ domain }) => domain), ...leadingNames(hops)])].sort();
  const domains = [...new Set(names.map((name) => addressOf(hops, name).domain))].sort();
  switch (front.program) {
    case TlsFront.Hitch:
      return {
        packages: ["hitch"],
        files: [file(hitchFile, hitchConfiguration(domains, port, guest), hitchUnit)],
        units: [hitchUnit],
        server: {
          unit: hitchUnit,
          ...placeOf(hitchFile),
          check: ["hitch", "--test", "--config"],
          certificateOwner: "root",
        },
      };
    case TlsFront.Stunnel:
      return {
        packages: ["stunnel4"],
        files: [
          file(
            stunnelFrontFile,
            stunnelConfiguration(names, port, longestSilenceSeconds(routes, hops), guest, hops),
            stunnelFrontUnit,
          ),
        ],
        units: [stunnelFrontUnit],
        server: { unit: stunnelFrontUnit, ...placeOf(stunnelFrontFile), check: [], certificateOwner: stunnelUser },
      };
    default:
      return {
        packages: ["haproxy"],
        files: [
          haproxyFile(
            `${haproxyFolder}/haproxy.cfg`,
            renderHaproxy(frontSections(apps, front.direct ?? [], port, hops, guest, web)),
          ),
          haproxyFile(certificateList(), certificateListText(names, hops)),
          ...authorityFiles(apps, ownAuthorities, haproxyUnit),
        ],
        units: [haproxyUnit],
        server: haproxyServer,
      };
  }
}

function placeOf(path: string): Pick<PlannedWebServer, "folder" | "main"> {
  return { folder: `${dirname(path)}/`, main: basename(path) };
}

function file(path: string, content: string, unit: string): PlannedFile {
  const change = { effect: Effect.Reload, units: [unit] };
  return { path, content, mode: "0644", owner: "root", group: "root", change };
}
