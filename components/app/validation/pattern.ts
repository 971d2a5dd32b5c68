import { hasFiles } from "../route/has-files";
import { Route } from "../route/route";
import { slowness } from "../route/pattern-cost";
import { beginsWithSlash, PatternNode } from "../route/pattern-node";
import { PatternError, readPattern } from "../route/read-pattern";
import { Report } from "./report";

/** Longer ones are written by programs, and read by nobody. */
const longestPattern = 200;

/** Checks the expression of a route, and what such a route can do. */
export function checkPattern(route: Route, report: Report): void {
  const { pattern } = route;
  if (pattern === undefined) return;
  checkExpression(pattern, report.in("pattern"));
  if (route.path !== undefined)
    report
      .in("path")
      .refuse(route.path, "is there beside a pattern, and a route has one of them", "make it a route of its own");
  if (route.stripPrefix)
    report
      .in("stripPrefix")
      .refuse(true, "has no prefix to take off, the route has a pattern", "give a path, or leave it out");
  if (hasFiles(route))
    report.in("serve").refuse(route.serve, "is for what lies below a path, and the route has a pattern", "give a path");
}

function checkExpression(pattern: string, report: Report): void {
  if (pattern.length > longestPattern) {
    report.refuse(pattern, `has more than ${longestPattern} characters`, "write several routes");
    return;
  }
  const node = read(pattern, report);
  if (!node) return;
  if (!beginsWithSlash(node)) {
    const fix = pattern.includes("|") ? "begin each of its choices with one" : "begin it with one, as in /.*/search/";
    report.refuse(pattern, "does not begin with a slash, as every path does", fix);
    return;
  }
  const reason = slowness(node);
  if (reason !== undefined)
    report.refuse(
      pattern,
      `${reason}, so that one request could keep the web server busy`,
      "leave out a repeat (none is needed at the end), or end one by a character that it does not take, as in [^/]+/",
    );
}

function read(pattern: string, report: Report): PatternNode | undefined {
  try {
    return readPattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    report.refuse(pattern, error.reason, error.fix);
    return undefined;
  }
}
