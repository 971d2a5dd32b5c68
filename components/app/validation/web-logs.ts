import { App } from "../app";
import { suggestion } from "../nearest";
import { goAccessPort } from "../paths";
import { LogFormat, LogPeriod, LogRotation, TrafficReport, WebLogs } from "../web-logs";
import { Report } from "./report";
import { checkPath } from "./routes";
import { boolean, choice, number, object, text } from "./shape";
import { checkRange, checkText } from "./text";

const rotationShape = object<LogRotation>({ every: choice(LogPeriod), keep: number, compress: boolean }, []);

const reportShape = object<TrafficReport>(
  {
    domain: text,
    path: text,
    realTime: boolean,
    everyMinutes: number,
    ignoreCrawlers: boolean,
    keepDays: number,
    title: text,
    user: text,
    open: boolean,
  },
  ["domain"],
);

/** The shape of `Web.logs`. */
export const logsShape = object<WebLogs>(
  { format: choice(LogFormat), perDomain: boolean, queries: boolean, rotate: rotationShape, report: reportShape },
  [],
);

/** Checks the logs of a web server. */
export function checkLogs({ rotate, report: page }: WebLogs, apps: readonly App[], report: Report): void {
  checkRange(rotate?.keep, [1, 3650], report.in("rotate", "keep"));
  if (page?.domain !== undefined) checkReport(page, apps, report.in("report"));
}

function checkReport(page: TrafficReport, apps: readonly App[], report: Report): void {
  checkRange(page.everyMinutes, [1, 1440], report.in("everyMinutes"));
  checkRange(page.keepDays, [1, 3650], report.in("keepDays"));
  if (page.title !== undefined && checkText(page.title, report.in("title")) && /[<>&]/.test(page.title))
    report
      .in("title")
      .refuse(page.title, "has signs that GoAccess writes into the page as HTML", "leave out <, > and &");
  if (page.realTime && page.everyMinutes !== undefined)
    report.in("everyMinutes").refuse(page.everyMinutes, "has no effect, figures come by themselves", "leave it out");
  checkPlace(page, apps, report);
  checkUser(page, report);
  if (page.realTime) checkPort(apps, report.in("realTime"));
}

function checkPlace({ domain, path = "/report/" }: TrafficReport, apps: readonly App[], report: Report): void {
  checkPath(path, report.in("path"));
  const routes = apps.flatMap((app) => (app.routes ?? []).map((route) => ({ ...route, app: app.name })));
  const domains = [...new Set(routes.map((route) => route.domain))];
  if (apps.length && !domains.includes(domain))
    report.in("domain").refuse(domain, "is the domain of no route", suggestion(domain, domains));
  const taken = routes.find((route) => route.domain === domain && [path, `${path}ws/`].includes(route.path ?? "/"));
  if (taken)
    report
      .in("path")
      .refuse(
        path,
        `on ${domain} is in the way of "${taken.path ?? "/"}" of app '${taken.app}'`,
        "give it another path",
      );
}

function checkUser({ user, open }: TrafficReport, report: Report): void {
  if (user === undefined) return;
  const place = report.in("user");
  if (open) place.refuse(user, "has no effect on a page that everybody sees", "leave it out");
  else if (!/^[\w.-]{1,32}$/.test(user))
    place.refuse(user, "cannot name a user of the page", 'use 1 to 32 letters, digits, ".", "_" and "-"');
}

/** GoAccess listens there for the figures that the page gets. */
function checkPort(apps: readonly App[], report: Report): void {
  for (const { name, listen } of apps)
    if (listen?.port === goAccessPort || listen?.publicPorts?.includes(goAccessPort))
      report.refuse(true, `needs port ${goAccessPort}, which app '${name}' listens on`, "give the app another port");
}

/** What is not wrong with the logs of a web server, but should be known to whoever says it. */
export function logWarnings({ report }: WebLogs): string[] {
  if (!report?.open) return [];
  const { domain, path = "/report/" } = report;
  return [
    `web.logs.report.open: everybody sees https://${domain}${path}, with the addresses of all visitors and what they asked ` +
      "for; leave it out for a password",
  ];
}
