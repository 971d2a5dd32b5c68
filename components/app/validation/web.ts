import { App } from "../app";
import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { Report } from "./report";
import { choice, object, read } from "./shape";
import { checkLogs, logsShape, logWarnings } from "./web-logs";
import { checkProgram } from "./web-programs";

const webShape = object<Web>({ program: choice(WebProgram), logs: logsShape }, []);

/**
 * Everything that is wrong with the web server of a host, and what of its apps' routes it cannot do. Empty when nothing is.
 *
 * @param apps well-shaped ones
 */
export function webProblems(web: Web, apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const fitting = read(webShape, web, "web", problems) as Web | undefined;
  if (!fitting) return problems;
  const root = new Report("", problems);
  checkProgram(fitting, apps, root);
  if (fitting.logs) checkLogs(fitting.logs, apps, root.in("web", "logs"));
  return problems;
}

/** What is not wrong with the web server of a host, but should be known to whoever says it. */
export function webWarnings({ logs = {} }: Web): string[] {
  return logWarnings(logs);
}
