import { FilesFrom } from "../../app/route/files";
import { filesFrom, indexNames } from "../served-folder";
import { SiteRoute } from "../site-route";
import { folderBehind } from "./files-route";
import { freshFiles } from "./freshness";
import { fileVariable, isFiles, ofRoute } from "./route";
import { quoted } from "./text";
import { apache, ApacheDirective, Evaluated, noted } from "./tree";
import { expanded } from "./word";

/** Conditions of mod_rewrite that a request may be answered by a file of a route, which is there. */
export const answersFrom = (of: SiteRoute, ...files: readonly Evaluated[]): ApacheDirective[] => [
  ofRoute(of),
  apache("RewriteCond", "%{REQUEST_METHOD}", "^(?:GET|HEAD)$"),
  ...files.flatMap((file) => [
    apache("RewriteCond", file, "-f"),
    // The first follows every link, this one those that httpd would follow.
    ...(filesFrom(of.route) === FilesFrom.Release ? [] : [apache("RewriteCond", file, "-F")]),
  ]),
];

/**
 * Finds the file that answers in an app's place. Folders are the app's as long as there is no file that answers for them, and what
 * is neither GET nor HEAD is the app's though there is a file.
 */
export function findFiles(of: SiteRoute): ApacheDirective[] {
  if (isFiles(of)) return [];
  const [path, folder] = [quoted(of.route.path ?? "/"), folderBehind(of)];
  const found = (pattern: string): ApacheDirective => apache("RewriteRule", pattern, "-", `[E=${fileVariable}:1]`);
  const [first, ...rest] = answersFrom(of, expanded`${folder}/$1`);
  return [
    noted("with this variable mod_proxy leaves a request to the file that there is", first!),
    ...rest,
    found(`^${path}(.*)$`),
    ...indexNames(of.route).flatMap((name) => [
      ...answersFrom(of, expanded`${folder}/$1${name}`),
      found(`^${path}((?:.*/)?)$`),
    ]),
  ];
}

/** What holds for these files, beside what holds for the app's answers. */
export function firstSection(of: SiteRoute): ApacheDirective[] {
  return [apache("DirectoryIndex", ...indexNames(of.route)), ...freshFiles(of)];
}
