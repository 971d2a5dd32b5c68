import { Web } from "../../app/web";
import { compressedTypes } from "../compressed-types";
import { SiteRoute } from "../site-route";
import { isMine } from "./route";
import { apache, ApacheDirective, noted } from "./tree";

/** What pays to be compressed. */
export function compression(web: Web): ApacheDirective[] {
  return [
    apache("AddOutputFilterByType", "DEFLATE", ...compressedTypes(web)),
    apache("DeflateCompressionLevel", 5),
    noted("or no browser would be told that its copy is still good", apache("DeflateAlterETag", "NoChange")),
  ];
}

/** Leaves the answers of a route as they are, where it says so. */
export function uncompressed(of: SiteRoute): ApacheDirective[] {
  return of.route.compress === false ? [apache("SetEnvIfExpr", isMine(of), "no-gzip")] : [];
}
