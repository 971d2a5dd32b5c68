import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { choice, object, read } from "./shape";

const webShape = object<Web>({ program: choice(WebProgram) }, []);

/** Everything that is wrong with the web server of a host. Empty when nothing is. */
export function webProblems(web: Web): Problem[] {
  const problems: Problem[] = [];
  read(webShape, web, "web", problems);
  return problems;
}
