import { answersItself } from "../app-tls";
import { App } from "../app";
import { homeOf } from "../home";
import { HealthCheck } from "../health-check";
import { hasFiles } from "../route/has-files";
import { Route, ServeBy } from "../route/route";
import { domainPatternFault } from "../route/domains";
import { matchesPattern } from "../route/pattern";
import { isReadable } from "../route/read-pattern";
import { checkCache } from "./cache";
import { checkCors } from "./cors";
import { checkFiles, checkNoFiles, checkNothingBut } from "./files";
import { checkFreshness } from "./freshness";
import { checkLimits, checkMethods } from "./limits";
import { checkPattern } from "./pattern";
import { Report } from "./report";
import { checkSecurity } from "./security";
import { checkText, checkWhole } from "./text";

/** Checks where the app answers, and what proves that it does. */
export function checkRoutes(app: App, report: Report): void {
  const home = homeOf(app);
  (app.routes ?? []).forEach((route, index) => {
    const place = report.in("routes", index);
    checkRoute(app, route, place);
    if (route.security) checkSecurity(route, route.security, place.in("security"));
    if (route.cors) checkCors(route, route.cors, place.in("cors"));
    if (route.limits) checkLimits(route.limits, place.in("limits"));
    if (route.methods) checkMethods(route, route.methods, route === home, place.in("methods"));
  });
  if (app.health) checkHealth(app, app.health, report.in("health"));
  else checkHealthOfPatterns(app, {}, report.in("health"));
}

function checkRoute(app: App, route: Route, report: Report): void {
  const fault = route.domain === undefined ? undefined : domainPatternFault(route.domain);
  if (fault) report.in("domain").refuse(route.domain, fault.reason, fault.fix);
  if (route.path !== undefined) checkPath(route.path, report.in("path"));
  checkPattern(route, report);
  if (route.pattern === undefined) checkMount(app, route, report);
  if (route.stream && route.bufferAnswers)
    report
      .in("bufferAnswers")
      .refuse(true, "would hold back what is to be passed on at once, the route is a stream", "leave it out");
  if (!hasFiles(route)) checkNoFiles(route, report);
  else checkFiles(app, route, report);
  if (route.serve === ServeBy.Files) checkNothingBut(route, report);
  else if (route.cache) checkCache(route.cache, route, report.in("cache"));
  if (route.freshness) checkFreshness(route.freshness, report.in("freshness"));
  // 1 TiB: nginx counts bodies in 64 bits, but no disk buffers more.
  if (route.maxBodyMiB !== undefined) checkWhole(route.maxBodyMiB, 1, 1024 * 1024, "MiB", report.in("maxBodyMiB"));
  if (route.readTimeoutSeconds !== undefined)
    checkWhole(route.readTimeoutSeconds, 1, 86400, "seconds", report.in("readTimeoutSeconds"));
}

/** A WSGI server takes `SCRIPT_NAME` off each path, and answers an error where it is not there. */
function checkMount(app: App, { path = "/", stripPrefix, serve }: Route, report: Report): void {
  const mount = app.environment?.["SCRIPT_NAME"];
  if (mount === undefined || mount === "" || serve === ServeBy.Files) return;
  if (stripPrefix)
    report
      .in("stripPrefix")
      .refuse(true, `takes off what the variable SCRIPT_NAME says is there, "${mount}"`, "leave one of them out");
  else if (!path.startsWith(`${mount}/`))
    report
      .in("path")
      .refuse(path, `is not below "${mount}", which the variable SCRIPT_NAME says`, "give one that begins with it");
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

/** An app with nothing but patterns has no path below which the check could be looked up by itself. */
function checkHealthOfPatterns(app: App, { path = "" }: HealthCheck, report: Report): void {
  const routes = app.routes ?? [];
  if (routes.length === 0 || routes.some(({ pattern }) => pattern === undefined)) return;
  const { pattern } = routes[0]!;
  if (!isReadable(pattern!) || matchesPattern(pattern!, `/${path.split("?")[0]}`)) return;
  const reason = `is "/${path}", which the pattern of the first route does not match, and no route has a path`;
  report.in("path").refuseUnseen(reason, "give one that it matches, without its first slash");
}

function checkHealth(app: App, health: HealthCheck, report: Report): void {
  const hasRoute = (app.routes ?? []).length > 0;
  const isAsked = hasRoute || answersItself(app);
  if (!hasRoute && (app.listen?.publicPorts ?? []).length === 0)
    report.refuseUnseen("cannot be asked, there is no route and no public port", "give one, or leave the check out");
  checkHealthOfPatterns(app, health, report);
  if (health.path !== undefined) {
    const path = report.in("path");
    if (!isAsked) path.refuse(health.path, "has no effect without a route", "leave it out");
    else if (health.path.startsWith("/"))
      path.refuse(health.path, "begins with a slash", "it is looked up below the first route; leave the slash out");
    else if (health.path.split(/[/?]/).includes(".."))
      path.refuse(health.path, "leads out of the route", 'leave ".." out');
    else if (/[^\x21-\x7e]|#/.test(health.path))
      path.refuse(health.path, "has characters that a URL only carries encoded", "encode them");
  }
  if (health.status !== undefined) {
    if (!isAsked) report.in("status").refuse(health.status, "has no effect without a route", "leave it out");
    checkWhole(health.status, 200, 599, "an HTTP status", report.in("status"));
  }
  if (health.contains !== undefined) checkText(health.contains, report.in("contains"));
  if (health.startSeconds !== undefined) checkWhole(health.startSeconds, 1, 3600, "seconds", report.in("startSeconds"));
}
