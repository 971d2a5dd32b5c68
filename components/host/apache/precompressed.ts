import { indexNames } from "../served-folder";
import { SiteRoute } from "../site-route";
import { answersFrom } from "./files-first";
import { folderBehind } from "./files-route";
import { isMine, ofRoute } from "./route";
import { quoted } from "./text";
import { apache, ApacheDirective, noted, section } from "./tree";
import { expanded } from "./word";

/**
 * Variable of a request for a file with a compressed one beside it: that it is there, or that it is what is sent; or that it is
 * beside the file that answers for a folder, for which httpd asks by a request of its own.
 */
const packedVariable = "landfall_packed";
const [beside, sent, within] = ["beside", "sent", "within"];

/** Whoever takes gzip, unless with no weight at all. */
const takesGzip = "(?:^|[,\\s])(?:x-)?gzip\\s*(?:$|,|;(?!\\s*q=0(?:\\.0*)?\\s*(?:$|,)))";

/**
 * Finds the compressed file beside one, and sends it to who takes it. Behind it in the address stands the name of the file, which
 * tells the type. No path with a question mark in it is looked at: behind one mod_rewrite would see a query.
 */
export function findPacked(of: SiteRoute): ApacheDirective[] {
  const { path = "/", files } = of.route;
  if (!files?.precompressed) return [];
  const folder = folderBehind(of);
  return [
    ...indexNames(of.route).flatMap((name) => [
      ...answersFrom(of, expanded`${folder}/$1${name}.gz`),
      apache("RewriteRule", `^${quoted(path)}((?:.*/)?)$`, "-", `[E=${packedVariable}:${within}]`),
    ]),
    ...answersFrom(of, expanded`${folder}/$1`, expanded`${folder}/$1.gz`),
    apache("RewriteRule", `^${quoted(path)}([^?]*[^?/])$`, "-", `[E=${packedVariable}:${beside},E=no-gzip:1]`),
    ofRoute(of),
    apache("RewriteCond", `%{ENV:${packedVariable}}`, `=${beside}`),
    apache("RewriteCond", "%{HTTP:Accept-Encoding}", takesGzip, "[NC,NV]"),
    apache(
      "RewriteRule",
      `^${quoted(path)}((?:[^?]*/)?([^?/]+))$`,
      expanded`${path}$1.gz/$2`,
      `[PT,E=${packedVariable}:${sent}]`,
    ),
  ];
}

/** What such answers say, and how httpd reads the addresses that `findPacked` makes. */
export function packedAnswers(of: SiteRoute): ApacheDirective[] {
  if (!of.route.files?.precompressed) return [];
  const says = (state: string): string => `reqenv('${packedVariable}') == '${state}'`;
  return [
    apache("Header", "merge", "Vary", "Accept-Encoding", `expr=${isMine(of)} && -n %{reqenv:${packedVariable}}`),
    apache("Header", "set", "Content-Encoding", "gzip", `expr=${isMine(of)} && ${says(sent)}`),
    noted(
      "the name behind the compressed file tells the type",
      section(
        "If",
        [`${says(sent)} || ${says(within)}`],
        [apache("AcceptPathInfo", "On"), apache("ModMimeUsePathInfo", "On")],
      ),
    ),
  ];
}
