import { App } from "../../app/app";
import { Route, ServeBy } from "../../app/route/route";
import { FilesFrom } from "../../app/route/files";
import { HopChain, maxBodyMiB } from "../hops";
import { filesFrom, indexNames, servedFolder } from "../served-folder";
import { expression, pattern, verbatim } from "./expression";
import { freshFiles } from "./freshness";
import { map } from "./map";
import { Place } from "./place";
import { proxyLocation } from "./proxy-location";
import { routeRules } from "./route-rules";
import { routeVariable } from "./route-variable";
import { because, block, Directive, directive } from "./tree";

/** The location that answers from files. */
export function filesLocation(app: App, route: Route, place: Place): Directive {
  return block("location", place, [
    ...found(app, route),
    ...routeRules(app, route),
    because(
      "the last name is never a file, so that a folder without a page is not there, and not forbidden",
      directive("index", ...indexNames(route), `${route.path ?? "/"}.no-page`),
    ),
    ...answered(app, route),
  ]);
}

/**
 * The locations that look for a file and hand everything else to the app. Not by `try_files $uri $uri/`: folders are the app's as
 * long as there is no file that answers for them, and what is neither GET nor HEAD is the app's though there is a file.
 */
export function filesFirstLocations(app: App, route: Route, hops: HopChain, place: Place): Directive[] {
  const fallback = verbatim(`@${routeVariable("app", app, route)}`);
  const names = indexNames(route).map((_, i) => ({ token: `$${indexVariable(app, route, i)}` }));
  return [
    block("location", place, [
      because(
        "nginx holds requests against the limit before it looks for a file",
        directive("client_max_body_size", `${maxBodyMiB(route, hops)}m`),
      ),
      ...found(app, route),
      ...routeRules(app, route),
      directive("try_files", { token: `$${fileVariable(app, route)}` }, ...names, fallback),
      ...answered(app, route),
    ]),
    proxyLocation(app, route, hops, [fallback]),
  ];
}

/** Where files are looked up. */
function found(app: App, route: Route): Directive[] {
  const path = route.path ?? "/";
  const folder = servedFolder(app, route);
  return [
    // Both end in a slash, or `/docs../` would leave the folder.
    route.stripPrefix && path !== "/" ? directive("alias", `${folder}/`) : directive("root", folder),
    ...links(route, folder),
  ];
}

/** How they are answered. */
function answered(app: App, route: Route): Directive[] {
  return [
    directive("charset", "utf-8"),
    ...(route.freshness ? freshFiles(app, route) : [directive("expires", expression`$files_expire`)]),
    ...(route.compress === false ? [directive("gzip", "off")] : []),
    ...(route.files?.precompressed ? [directive("gzip_static", "on")] : []),
    ...(route.serve === ServeBy.Files ? [directive("error_page", 404, `${route.path ?? "/"}404.html`)] : []),
    because(
      "no folders of tools, like .git; RFC 8615 keeps .well-known for what is to be found",
      block("location", ["~", pattern`^.*/\.(?!well-known(?:/|$))`], [directive("return", 404)]),
    ),
  ];
}

/** Links could lead to all that nginx's user can read: an app's own lead nowhere, others to files of whoever has made them. */
function links(route: Route, folder: string): Directive[] {
  const checks = { [FilesFrom.Release]: undefined, [FilesFrom.Data]: "on", [FilesFrom.Host]: "if_not_owner" };
  const check = checks[filesFrom(route)];
  return check === undefined ? [] : [directive("disable_symlinks", check, `from=${folder}`)];
}

/** What `filesFirstLocations` relies on: the names of the files that may answer, empty where none may. */
export function filesFirstMaps(app: App): Directive[] {
  return (app.routes ?? [])
    .filter(({ serve }) => serve === ServeBy.FilesFirst)
    .flatMap((route) => [
      map(expression`$request_method`, fileVariable(app, route), [
        ["GET", expression`$uri`],
        ["HEAD", expression`$uri`],
      ]),
      ...indexNames(route).map((name, i) =>
        map(expression`$request_method:$uri`, indexVariable(app, route, i), [
          [{ token: "~^(?:GET|HEAD):(?<landfall_folder>.*/)$" }, expression`$landfall_folder${name}`],
        ]),
      ),
    ]);
}

const fileVariable = (app: App, route: Route): string => routeVariable("file", app, route);
const indexVariable = (app: App, route: Route, i: number): string => `${routeVariable("index", app, route)}_${i}`;

/**
 * How long browsers keep files without asking. Pages are asked for each time (it costs a 304), so that a release is seen
 * at once; what they link to may lag behind by an hour, images and fonts by a week. A 304 has no content type: names tell then.
 */
export function expiryMaps(): Directive[] {
  const [page, picture, other] = ["epoch", "7d", "1h"];
  return [
    map(
      expression`$uri`,
      "files_expire_by_name",
      [
        [pattern`~(?:\.html?|/)$`, page],
        [pattern`~\.(?:avif|gif|ico|jpe?g|png|svg|webp|otf|ttf|woff2?)$`, picture],
      ],
      other,
    ),
    map(
      expression`$sent_http_content_type`,
      "files_expire",
      [
        ["", expression`$files_expire_by_name`],
        // By itself, not by a pattern: most files are pages, and a pattern costs each of them.
        ["text/html", page],
        [pattern`~^(?:image|font)/`, picture],
      ],
      other,
    ),
  ];
}
