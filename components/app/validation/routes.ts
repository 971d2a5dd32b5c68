import { App, HealthCheck, Route, ServeBy } from "../app";
import { domainFault } from "../domain";
import { Report } from "./report";
import { checkRelativePath, checkText, checkWhole } from "./text";

/** Checks where the app answers, and what proves that it does. */
export function checkRoutes(app: App, report: Report): void {
  (app.routes ?? []).forEach((route, index) => checkRoute(app, route, report.in("routes", index)));
  if (app.health) checkHealth(app, app.health, report.in("health"));
}

function checkRoute(app: App, route: Route, report: Report): void {
  const fault = route.domain === undefined ? undefined : domainFault(route.domain);
  if (fault) report.in("domain").refuse(route.domain, fault.reason, fault.fix);
  if (route.path !== undefined) checkPath(route.path, report.in("path"));
  if ((route.serve ?? ServeBy.Proxy) === ServeBy.Files) checkFiles(app, route, report);
  else if (route.directory !== undefined)
    report
      .in("directory")
      .refuse(route.directory, "has no effect, the app answers itself", `say serve: "${ServeBy.Files}"`);
  // 1 TiB: nginx counts bodies in 64 bits, but no disk buffers more.
  if (route.maxBodyMiB !== undefined) checkWhole(route.maxBodyMiB, 1, 1024 * 1024, "MiB", report.in("maxBodyMiB"));
  if (route.readTimeoutSeconds !== undefined)
    checkWhole(route.readTimeoutSeconds, 1, 86400, "seconds", report.in("readTimeoutSeconds"));
}

/**
 * Characters that a path segment carries as they are (RFC 3986, `pchar` without percent encoding): web servers compare
 * the decoded path, so that an encoded one would never match.
 */
const pathCharacters = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/]*$/;

/** Reports a prefix that no route can have. */
export function checkPath(path: string, report: Report): void {
  if (!path.startsWith("/")) report.refuse(path, "does not begin with a slash", `write it as "${withSlashes(path)}"`);
  else if (!path.endsWith("/")) report.refuse(path, "does not end with a slash", `write it as "${withSlashes(path)}"`);
  else if (path.includes("//")) report.refuse(path, "has two slashes in a row", "leave one out");
  else if (path.split("/").some((segment) => segment === "." || segment === ".."))
    report.refuse(
      path,
      'has "." or ".." segments, which browsers resolve before they ask',
      "write the path they lead to",
    );
  else if (!pathCharacters.test(path))
    report.refuse(path, "has characters that a URL only carries encoded", "use letters, digits and -._~!$&'()*+,;=:@");
  else if (path.length > 200) report.refuse(path, "has more than 200 characters", "use a shorter prefix");
}

/** The prefix as it has to be written: with a slash at both ends. */
export const withSlashes = (path: string): string => `/${path}/`.replace(/\/{2,}/g, "/");

function checkFiles(app: App, route: Route, report: Report): void {
  if (route.directory !== undefined) checkRelativePath(route.directory, "the release", report.in("directory"));
  if (app.source?.package)
    report
      .in("serve")
      .refuse(route.serve, "needs files, but the source is a package", "give a directory or git source");
  for (const key of ["websocket", "readTimeoutSeconds", "maxBodyMiB"] as const)
    if (route[key] !== undefined && route[key] !== false)
      report.in(key).refuse(route[key], "has no effect on files", "leave it out");
}

function checkHealth(app: App, health: HealthCheck, report: Report): void {
  const hasRoute = (app.routes ?? []).length > 0;
  if (!hasRoute && (app.listen?.publicPorts ?? []).length === 0)
    report.refuseUnseen("cannot be asked, there is no route and no public port", "give one, or leave the check out");
  if (health.path !== undefined) {
    const path = report.in("path");
    if (!hasRoute) path.refuse(health.path, "has no effect without a route", "leave it out");
    else if (health.path.startsWith("/"))
      path.refuse(health.path, "begins with a slash", "it is looked up below the first route; leave the slash out");
    else if (health.path.split(/[/?]/).includes(".."))
      path.refuse(health.path, "leads out of the route", 'leave ".." out');
    else if (/[^\x21-\x7e]|#/.test(health.path))
      path.refuse(health.path, "has characters that a URL only carries encoded", "encode them");
  }
  if (health.status !== undefined) {
    if (!hasRoute) report.in("status").refuse(health.status, "has no effect without a route", "leave it out");
    checkWhole(health.status, 200, 599, "an HTTP status", report.in("status"));
  }
  if (health.contains !== undefined) checkText(health.contains, report.in("contains"));
  if (health.startSeconds !== undefined) checkWhole(health.startSeconds, 1, 3600, "seconds", report.in("startSeconds"));
}
