import { App } from "../app";
import { ServeBy } from "../route/route";
import { TlsFront, WebFront } from "../web-front";
import { Report } from "./report";
import { checkWhole } from "./text";

/** The port that nginx has behind a front unless it is told. */
export const usualFrontPort = 8080;

/** Checks what stands in front of nginx on the same host. */
export function checkFront(front: WebFront, apps: readonly App[], report: Report): void {
  checkPort(front, apps, report.in("port"));
  if (front.direct !== undefined) checkDirect(front, front.direct, apps, report.in("direct"));
}

function checkPort({ port = usualFrontPort }: WebFront, apps: readonly App[], report: Report): void {
  checkWhole(port, 1, 65535, "a port", report);
  if ([22, 80, 443].includes(port)) report.refuse(port, "is a port that the host has taken", "use another one");
  const other = apps.find(({ listen }) => listen?.port === port || listen?.publicPorts?.includes(port));
  if (other) report.refuse(port, `is also a port of app '${other.name}'`, "use another one");
}

function checkDirect({ program }: WebFront, direct: readonly string[], apps: readonly App[], report: Report): void {
  if (program !== TlsFront.HAProxy) {
    const fix = `leave it out: nginx hands these paths to their app. Or take "${TlsFront.HAProxy}"`;
    report.refuse(direct, `cannot be told from other paths by ${program}, which does not read requests`, fix);
    return;
  }
  const proxied = apps.flatMap((app) => (app.routes ?? []).filter((route) => route.serve !== ServeBy.Files));
  direct.forEach((path, index) => {
    if (!proxied.some((route) => route.pattern === undefined && (route.path ?? "/") === path))
      report.in(index).refuse(path, "is the path of no route that goes to an app", "give a route this path");
    else if (direct.indexOf(path) !== index) report.in(index).refuse(path, "is listed twice", "leave one out");
  });
}
