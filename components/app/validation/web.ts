import { App } from "../app";
import { CertificateFrom } from "../domain-settings";
import { Problem } from "../problem";
import { CacheZone } from "../route/cache";
import { Web, WebProgram } from "../web";
import { TlsFront, WebFront } from "../web-front";
import { checkZones } from "./cache";
import { domainProblems, domainWarnings, domainShape, portsShape } from "./domains";
import { checkNginxBalance } from "./nginx-balance";
import { Report } from "./report";
import { choice, list, number, object, read, text } from "./shape";
import { checkDistinct, checkWhole } from "./text";
import { checkFront } from "./web-front";
import { checkLogs, logsShape, logWarnings } from "./web-logs";
import { checkProgram } from "./web-programs";

const front = object<WebFront>({ program: choice(TlsFront), port: number, direct: list(text) }, ["program"]);
const zone = object<CacheZone>({ name: text, keysMiB: number, maxMiB: number, inactiveSeconds: number }, ["name"]);

const webShape = object<Web>(
  {
    program: choice(WebProgram),
    front,
    logs: logsShape,
    drainSeconds: number,
    caches: list(zone),
    compressTypes: list(text),
    keepAliveSeconds: number,
    domains: list(domainShape),
    ports: portsShape,
    certificate: choice(CertificateFrom),
  },
  [],
);

/** What of a web server's description has the shape of one. What has not is reported and left out. */
export function wellShapedWeb(web: Web = {}, problems: Problem[] = []): Web {
  return (read(webShape, web, "web", problems) ?? {}) as Web;
}

/**
 * Everything that is wrong with the web server of a host, and what of its apps' routes it cannot do. Empty when nothing is.
 *
 * @param apps those it is to answer for, well-shaped; undefined for such as are no apps yet
 */
export function webProblems(web: Web, apps?: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const fitting = wellShapedWeb(web, problems);
  const isWhole = problems.length === 0;
  const root = new Report("", problems);
  checkProgram(fitting, apps ?? [], root);
  if (fitting.front?.program !== undefined) checkFront(fitting.front, apps ?? [], root.in("web", "front"));
  if ((fitting.program ?? WebProgram.Nginx) === WebProgram.Nginx) checkNginxBalance(apps ?? [], root);
  if (fitting.drainSeconds !== undefined)
    checkWhole(fitting.drainSeconds, 1, 86400, "seconds", root.in("web", "drainSeconds"));
  checkServing(fitting, root.in("web"));
  if (fitting.logs) checkLogs(fitting.logs, apps ?? [], root.in("web", "logs"));
  // What is left of names when a part does not fit would only confuse.
  return isWhole && apps ? [...problems, ...domainProblems(fitting, apps)] : problems;
}

/** What is said once about files, compression, connections and caches. */
function checkServing({ caches, compressTypes, keepAliveSeconds }: Web, report: Report): void {
  if (caches) checkZones(caches, report.in("caches"));
  if (keepAliveSeconds !== undefined) checkWhole(keepAliveSeconds, 1, 3600, "seconds", report.in("keepAliveSeconds"));
  (compressTypes ?? []).forEach((type, index) => {
    const place = report.in("compressTypes", index);
    // The names of RFC 6838.
    if (!/^[a-z0-9][a-z0-9_.+-]*\/[a-z0-9][a-z0-9_.+-]*$/i.test(type))
      place.refuse(
        type,
        "is not a content type",
        'give one such as "application/vnd.example+json", without parameters',
      );
  });
  checkDistinct(compressTypes ?? [], report.in("compressTypes"));
}

/** What is not wrong with the web server of a host, but should be known to whoever says it. */
export function webWarnings(web: Web): string[] {
  return [...logWarnings(web.logs ?? {}), ...domainWarnings(web)];
}
