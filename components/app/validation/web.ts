import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { Report } from "./report";
import { choice, number, object, read } from "./shape";
import { checkWhole } from "./text";

const webShape = object<Web>({ program: choice(WebProgram), drainSeconds: number }, []);

/** Everything that is wrong with the web server of a host. Empty when nothing is. */
export function webProblems(web: Web): Problem[] {
  const problems: Problem[] = [];
  const { drainSeconds } = (read(webShape, web, "web", problems) ?? {}) as Web;
  if (drainSeconds !== undefined)
    checkWhole(drainSeconds, 1, 86400, "seconds", new Report("web", problems).in("drainSeconds"));
  return problems;
}
