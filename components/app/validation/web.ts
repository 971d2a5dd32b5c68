import { App } from "../app";
import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { TlsFront, WebFront } from "../web-front";
import { Report } from "./report";
import { choice, list, number, object, read, text } from "./shape";
import { checkFront } from "./web-front";
import { checkProgram } from "./web-programs";

const front = object<WebFront>({ program: choice(TlsFront), port: number, direct: list(text) }, ["program"]);
const webShape = object<Web>({ program: choice(WebProgram), front }, []);

/**
 * Everything that is wrong with the web server of a host, and what of its apps' routes it cannot do. Empty when nothing is.
 *
 * @param apps well-shaped ones
 */
export function webProblems(web: Web, apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const fitting = read(webShape, web, "web", problems) as Web | undefined;
  if (!fitting) return problems;
  checkProgram(fitting, apps, new Report("", problems));
  if (fitting.front?.program !== undefined) checkFront(fitting.front, apps, new Report("web.front", problems));
  return problems;
}
