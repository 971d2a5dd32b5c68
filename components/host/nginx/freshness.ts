import { App } from "../../app/app";
import { hasFiles } from "../../app/route/has-files";
import { Route, ServeBy } from "../../app/route/route";
import { Freshness } from "../../app/route/freshness";
import { answerFreshness, fileFreshness } from "../cache-control";
import { loginVariable } from "./cache-login";
import { pattern } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { Directive, directive } from "./tree";

/** For how long a route's files may be used. */
export function freshFiles(app: App, route: Route): Directive[] {
  return [directive("add_header", "Cache-Control", { token: `$${filesVariable(app, route)}` })];
}

/** For how long an app's answers may be used, where it does not say so itself. */
export function freshAnswers(app: App, route: Route): Directive[] {
  return route.freshness
    ? [directive("add_header", "Cache-Control", { token: `$${answersVariable(app, route)}` })]
    : [];
}

/** Maps on which these rely. */
export function freshnessMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => [
    ...(route.freshness && hasFiles(route) ? [filesMap(app, route, route.freshness)] : []),
    ...(route.freshness && route.serve !== ServeBy.Files ? [answersMap(app, route, route.freshness)] : []),
  ]);
}

const filesVariable = (app: App, route: Route): string => routeVariable("fresh_files", app, route);
const answersVariable = (app: App, route: Route): string => routeVariable("fresh", app, route);

/** An answer that says "not changed" has no content type: pages are told by their names then. */
function filesMap(app: App, route: Route, freshness: Freshness): Directive {
  const { pages, others } = fileFreshness(freshness);
  return map(
    { token: "$sent_http_content_type:$uri" },
    filesVariable(app, route),
    [[pattern`~^(?:text/html|:.*(?:\.html?|/)$)`, pages]],
    others,
  );
}

/**
 * What the app says counts. Without a content type ("not changed") it may be a page.
 */
function answersMap(app: App, route: Route, freshness: Freshness): Directive {
  const { anybody, oneBrowser } = answerFreshness(freshness);
  const said = "$upstream_http_cache_control$upstream_http_expires|$upstream_http_set_cookie";
  return map(
    { token: `${said}|${loginVariable(app, route)}|$sent_http_content_type` },
    answersVariable(app, route),
    [
      [pattern`~^[^|]`, ""],
      [pattern`~^\|\|\|(?:text/html|$)`, anybody.pages],
      [pattern`~^\|\|\|`, anybody.others],
      [pattern`~\|(?:text/html[^|]*)?$`, oneBrowser.pages],
    ],
    oneBrowser.others,
  );
}
