import { basename, dirname } from "node:path";
import { App } from "../app/app";
import { Problem } from "../app/problem";
import { usualFrontPort } from "../app/validation/web-front";
import { Web } from "../app/web";
import { TlsFront } from "../app/web-front";
import { Guest } from "./guest";
import { ownAuthorities } from "./haproxy/authorities";
import { haproxyFile } from "./haproxy/files";
import { haproxyFolder, haproxyUnit } from "./haproxy/folder";
import { frontSections } from "./haproxy/front";
import { renderHaproxy } from "./haproxy/render";
import { certificateList, certificateListText } from "./haproxy/tls";
import { hitchConfiguration, hitchFile, hitchUnit } from "./hitch/configuration";
import { NamesClient } from "./hop";
import { HopChain, longestSilenceSeconds } from "./hops";
import { addressOf, leadingNames } from "./names";
import { Effect, PlannedFile, PlannedWebServer } from "./plan";
import { stunnelConfiguration, stunnelFrontFile, stunnelFrontUnit, stunnelUser } from "./stunnel/configuration";
import { authorityFiles } from "./tls/authorities";

/** The chain as nginx sees it, with what stands in front of it on the same host. */
export function withTlsFront(hops: HopChain, { front }: Web): HopChain {
  return front ? { ...hops, tlsFrontPort: front.port ?? usualFrontPort } : hops;
}

/**
 * What stands in front of the host and does not fit what stands in front of nginx on it: nginx takes the client's address from the
 * beginning of the connection, which is where the front was connected from.
 */
export function tlsFrontProblems({ front: hops }: HopChain, { front }: Web): Problem[] {
  if (!front) return [];
  const fix = "leave web.front out, or let it pass packets on with the client's address in them";
  return hops.flatMap(({ name, namesClient = NamesClient.ForwardedFor }, index) =>
    namesClient === NamesClient.InPackets
      ? []
      : [
          {
            path: `front[${index}]`,
            value: name,
            reason: `names the client in what ${front.program} on the host does not read, and would be taken for the client`,
            fix,
          },
        ],
  );
}

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
  { front }: Web,
  hops: HopChain,
  guest: Guest,
): FrontPlan | undefined {
  if (!front) return undefined;
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
            renderHaproxy(frontSections(apps, front.direct ?? [], port, hops, guest)),
          ),
          haproxyFile(certificateList, certificateListText(names, hops)),
          ...authorityFiles(apps, ownAuthorities, haproxyUnit),
        ],
        units: [haproxyUnit],
        server: haproxyServer,
      };
  }
}

/** HAProxy, as the host checks it and hands it certificates. */
export const haproxyServer: PlannedWebServer = {
  unit: haproxyUnit,
  ...placeOf(`${haproxyFolder}/haproxy.cfg`),
  check: ["haproxy", "-c", "-q", "-f"],
  certificateOwner: "root",
};

function placeOf(path: string): Pick<PlannedWebServer, "folder" | "main"> {
  return { folder: `${dirname(path)}/`, main: basename(path) };
}

function file(path: string, content: string, unit: string): PlannedFile {
  const change = { effect: Effect.Reload, units: [unit] };
  return { path, content, mode: "0644", owner: "root", group: "root", change };
}
