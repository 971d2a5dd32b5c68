import { App } from "../app";
import { CertificateFrom } from "../domain-settings";
import { Problem } from "../problem";
import { Web, WebProgram } from "../web";
import { domainProblems, domainShape, portsShape } from "./domains";
import { choice, list, object, read } from "./shape";

const webShape = object<Web>(
  { program: choice(WebProgram), domains: list(domainShape), ports: portsShape, certificate: choice(CertificateFrom) },
  [],
);

/**
 * Everything that is wrong with the web server of a host. Empty when nothing is.
 *
 * @param apps those it is to answer for; undefined for such as are no apps yet
 */
export function webProblems(web: Web, apps: readonly App[] | undefined): Problem[] {
  const problems: Problem[] = [];
  const fitting = (read(webShape, web, "web", problems) ?? {}) as Web;
  // What is left of it when a part does not fit would only confuse.
  return problems.length || !apps ? problems : domainProblems(fitting, apps);
}
