import { Problem } from "../problem";
import { CacheZone } from "../route/cache";
import { Web, WebProgram } from "../web";
import { checkZones } from "./cache";
import { Report } from "./report";
import { choice, list, number, object, read, text } from "./shape";
import { checkDistinct, checkWhole } from "./text";

const zone = object<CacheZone>({ name: text, keysMiB: number, maxMiB: number, inactiveSeconds: number }, ["name"]);

const webShape = object<Web>(
  { program: choice(WebProgram), caches: list(zone), compressTypes: list(text), keepAliveSeconds: number },
  [],
);

/** Everything that is wrong with the web server of a host. Empty when nothing is. */
export function webProblems(web: Web): Problem[] {
  const problems: Problem[] = [];
  const fitting = read(webShape, web, "web", problems) as Web | undefined;
  if (fitting) checkServing(fitting, new Report("web", problems));
  return problems;
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
