import { FileRule, fileRules } from "../file-rules";
import { SiteRoute } from "../site-route";
import { flags, ofRoute, placeOf } from "./route";
import { apache, ApacheDirective, noted } from "./tree";
import { lookedUp } from "./word";

/** Variable with the path of a request, all percent signs resolved, and the table that resolves them. */
const pathVariable = "landfall_path";
const decodingTable = "landfall_decoded";

/** The path in the first line of a request, as the client wrote it. */
const pathAsWritten = "^\\S+ (?:https?://[^/?\\s]*)?([^?\\s]*)";

/** Keeps back the files that routes do not answer. */
export function refuseFiles(routes: readonly SiteRoute[]): ApacheDirective[] {
  const refusing = routes.filter((of) => rulesOf(of).length > 0);
  if (refusing.length === 0) return [];
  return [
    noted(
      "httpd leaves %2F as it is, which an app may read as a slash",
      apache("RewriteMap", decodingTable, "int:unescape"),
    ),
    apache("RewriteCond", "%{THE_REQUEST}", pathAsWritten),
    apache("RewriteRule", "^", "-", lookedUp(pathVariable, decodingTable)),
    ...refusing.flatMap(refuseFilesOf),
  ];
}

/** The first rule that fits decides: those that let a file through skip the others. */
function refuseFilesOf(of: SiteRoute): ApacheDirective[] {
  const rules = rulesOf(of);
  return rules.flatMap(({ pattern, ignoreCase, refuse }, index) => [
    ofRoute(of),
    apache("RewriteCond", `%{ENV:${pathVariable}}`, rewritable(pattern), ...(ignoreCase ? ["[NC]"] : [])),
    apache("RewriteRule", placeOf(of), "-", refuse ? "[F]" : flags([`S=${rules.length - index - 1}`])),
  ]);
}

const rulesOf = ({ route }: SiteRoute): FileRule[] => fileRules(route.security ?? {});

/** mod_rewrite can carry no quote. */
const rewritable = (pattern: string): string => pattern.replaceAll('"', "\\x22");
