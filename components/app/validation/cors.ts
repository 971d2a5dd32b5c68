import { Route } from "../route/route";
import { Cors } from "../route/cors";
import { withHead } from "../route/methods";
import { isReadable, originFault } from "./origin";
import { Report } from "./report";
import { checkDistinct, checkWhole } from "./text";

/** Checks which pages of other origins may read the answers of a route. */
export function checkCors(route: Route, cors: Cors, report: Report): void {
  if (cors.origins !== undefined) checkOrigins(cors, report.in("origins"));
  checkMethods(route, cors, report.in("methods"));
  for (const key of ["requestHeaders", "exposeHeaders"] as const) {
    const names = cors[key];
    if (names !== undefined) checkHeaderNames(names, report.in(key));
  }
  if (cors.maxAgeSeconds !== undefined)
    checkWhole(cors.maxAgeSeconds, 0, 86_400, "seconds", report.in("maxAgeSeconds"));
}

function checkOrigins({ origins, credentials }: Cors, report: Report): void {
  if (origins.length === 0) report.refuse(origins, "lets nobody read", "name an origin, or leave cors out");
  checkDistinct(origins, report);
  origins.forEach((origin, index) => {
    const place = report.in(index);
    if (origin === "*") {
      if (origins.length > 1)
        place.refuse(origin, "is any origin, and others are named beside it", "say one of the two");
      if (credentials)
        place.refuse(
          origin,
          "is any origin, and every page of the web could read what whoever visits it may see",
          "name the origins that may send cookies",
        );
      return;
    }
    const fault = originFault(origin);
    if (fault) place.refuse(origin, fault.reason, fault.fix);
    else if (credentials && isReadable(origin))
      place.refuse(
        origin,
        "is without TLS, so that anybody on the way could read what its visitors may see",
        `serve it as "https${origin.slice(4)}", or leave credentials out`,
      );
  });
}

function checkMethods(route: Route, { methods }: Cors, report: Report): void {
  if (methods === undefined) return;
  if (methods.length === 0) report.refuse(methods, "lets nobody ask", "name a method, or leave methods out");
  checkDistinct(methods, report);
  if (route.methods === undefined) return;
  const answered = withHead(route.methods);
  methods.forEach((method, index) => {
    if (method !== "OPTIONS" && !answered.includes(method))
      report.in(index).refuse(method, "is none of the route's own methods", "add it there, or leave it out here");
  });
}

/** A token of RFC 9110, section 5.6.2. The longest name that browsers meet is far below 100 characters. */
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;

function checkHeaderNames(names: readonly string[], report: Report): void {
  checkDistinct(
    names.map((name) => name.toLowerCase()),
    report,
  );
  names.forEach((name, index) => {
    if (name === "*") report.in(index).refuse(name, "means all headers", "name each header");
    else if (!headerName.test(name)) report.in(index).refuse(name, "is no name of a header", "write the name alone");
  });
}
