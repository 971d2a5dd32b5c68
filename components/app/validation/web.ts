import { App } from "../app";
import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { TlsFront, WebFront } from "../web-front";
import { checkNginxBalance } from "./nginx-balance";
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
  const root = new Report("", problems);
  checkProgram(fitting, apps, root);
  if (fitting.front?.program !== undefined) checkFront(fitting.front, apps, root.in("web", "front"));
  if ((fitting.program ?? WebProgram.Nginx) === WebProgram.Nginx) checkNginxBalance(apps, root);
  return problems;
}
