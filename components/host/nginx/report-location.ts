import { goAccessPort } from "../../app/paths";
import { TrafficReport } from "../../app/web-logs";
import { pageFolder, socketName, usersFile, wholeReport } from "../report/traffic-report";
import { expression, verbatim } from "./expression";
import { because, block, Directive, directive } from "./tree";

/** Where the report of the access log is shown, at its domain. Who looks at it is not counted in it. */
export function reportLocations(domain: string, said: TrafficReport | undefined): Directive[] {
  if (said?.domain !== domain) return [];
  const { path, realTime, open } = wholeReport(said);
  const guarded = [
    directive("access_log", "off"),
    ...(open ? [] : [directive("auth_basic", "Report"), directive("auth_basic_user_file", usersFile)]),
  ];
  const bare = block(
    "location",
    ["=", verbatim(path.slice(0, -1))],
    [directive("access_log", "off"), directive("return", 308, expression`${path}`)],
  );
  const page = block(
    "location",
    ["^~", verbatim(path)],
    [
      ...guarded,
      directive("alias", `${pageFolder}/`),
      directive("index", "index.html"),
      directive("charset", "utf-8"),
      directive("expires", "epoch"),
    ],
  );
  return [...(path === "/" ? [] : [bare]), page, ...(realTime ? [figures(path, guarded)] : [])];
}

/** Whether the report is shown at this very address. */
export function isReportAt(domain: string, path: string, said: TrafficReport | undefined): boolean {
  return said?.domain === domain && wholeReport(said).path === path;
}

/** GoAccess listens on the loopback address alone, and asks where the page comes from. */
function figures(path: string, guarded: readonly Directive[]): Directive {
  return because(
    "what the page shows as it happens",
    block(
      "location",
      ["=", verbatim(`${path}${socketName}`)],
      [
        ...guarded,
        directive("proxy_pass", `http://127.0.0.1:${goAccessPort}`),
        directive("proxy_set_header", "Host", expression`$host`),
        directive("proxy_set_header", "Connection", expression`$connection_upgrade`),
        directive("proxy_set_header", "Upgrade", expression`$websocket_upgrade`),
        because("the password is for nginx alone", directive("proxy_set_header", "Authorization", "")),
        directive("proxy_read_timeout", "3600s"),
      ],
    ),
  );
}
