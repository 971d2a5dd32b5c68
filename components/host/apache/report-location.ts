import { goAccessPort } from "../../app/paths";
import { TrafficReport } from "../../app/web-logs";
import { pageFolder, socketName, usersFile, wholeReport } from "../report/traffic-report";
import { unloggedVariable } from "./log";
import { locationOf } from "./proxy-route";
import { barePrefix, prefixOf, routeVariable } from "./route";
import { quoted } from "./text";
import { apache, ApacheDirective, noted, section } from "./tree";

/** Modules that a password needs. */
export const reportModules = (report: TrafficReport | undefined): string[] =>
  report && !report.open ? ["auth_basic", "authn_core", "authn_file", "authz_user"] : [];

/** The report of the access log at its domain, by where httpd has to be told of it. */
export interface ReportSite {
  /** Tells its requests from those of routes: after these are found. Who looks at it is not counted in it. */
  readonly found: ApacheDirective[];
  /** Its own ways, before those of routes. */
  readonly ways: ApacheDirective[];
  /** What holds for its requests, behind the sections of routes. */
  readonly sections: ApacheDirective[];
}

/** Where the report is shown; nothing at other domains. */
export function reportSite(domain: string, said: TrafficReport | undefined): ReportSite {
  if (said?.domain !== domain) return { found: [], ways: [], sections: [] };
  const { path, realTime, open } = wholeReport(said);
  const socket = `${path}${socketName}`;
  return {
    found: [
      apache(
        "RewriteRule",
        `^${quoted(prefixOf(path))}(?:/|$)`,
        "-",
        `[E=${routeVariable}:landfall.report,E=${unloggedVariable}:1]`,
      ),
    ],
    ways: [
      ...(realTime ? [figures(socket)] : []),
      apache("ProxyPass", path, "!"),
      apache("Alias", path, `${pageFolder}/`),
    ],
    sections: [
      section(
        "Directory",
        [pageFolder],
        [apache("Options", "None"), apache("AllowOverride", "None"), apache("Require", "all", "granted")],
      ),
      locationOf(path, [
        ...(open ? [] : guard),
        apache("DirectoryIndex", "index.html"),
        apache("Header", "set", "Cache-Control", "no-cache"),
        noted("the password is for httpd alone", apache("RequestHeader", "unset", "Authorization")),
      ]),
      ...(path === "/" ? [] : [barePrefix(path)]),
    ],
  };
}

const guard: readonly ApacheDirective[] = [
  apache("AuthType", "Basic"),
  apache("AuthName", "Report"),
  apache("AuthBasicProvider", "file"),
  apache("AuthUserFile", usersFile),
  apache("Require", "valid-user"),
];

/** What the page shows as it happens. GoAccess listens on the loopback address alone, and asks where the page comes from. */
function figures(socket: string): ApacheDirective {
  return apache(
    "ProxyPass",
    socket,
    `http://127.0.0.1:${goAccessPort}/`,
    "disablereuse=On",
    "retry=0",
    "timeout=3600",
    "upgrade=websocket",
  );
}
