import { App, Route } from "../../app/app";
import { codeFolder } from "../../app/paths";
import { expression, pattern, verbatim } from "./expression";
import { map } from "./map";
import { routeRules } from "./route-rules";
import { because, block, Directive, directive } from "./tree";

/** The location that answers from files of the app's release. */
export function filesLocation(app: App, route: Route): Directive {
  const path = route.path ?? "/";
  return block(
    "location",
    ["^~", verbatim(path)],
    [
      // Both end in a slash, or `/docs../` would leave the folder.
      route.stripPrefix && path !== "/"
        ? directive("alias", `${servedFolder(app, route)}/`)
        : directive("root", servedFolder(app, route)),
      ...routeRules(app, route),
      directive("index", "index.html"),
      directive("charset", "utf-8"),
      directive("expires", expression`$files_expire`),
      directive("error_page", 404, `${path}404.html`),
      because(
        "no folders of tools, like .git; RFC 8615 keeps .well-known for what is to be found",
        block("location", ["~", pattern`^.*/\.(?!well-known(?:/|$))`], [directive("return", 404)]),
      ),
    ],
  );
}

/**
 * How long browsers keep files without asking. Pages are asked for each time (it costs a 304), so that a release is seen
 * at once; what they link to may lag behind by an hour, images and fonts by a week.
 */
export function expiryMap(): Directive {
  return map(
    expression`$sent_http_content_type`,
    "files_expire",
    [
      [pattern`~^text/html`, "epoch"],
      [pattern`~^(?:image|font)/`, "7d"],
    ],
    "1h",
  );
}

function servedFolder(app: App, route: Route): string {
  const folder = (route.directory ?? "").split("/").filter((part) => part !== "" && part !== ".");
  if (folder.includes("..")) {
    throw new Error(`app ${app.name}: directory "${route.directory}" leaves the release; name a folder inside of it`);
  }
  return [codeFolder(app.name), ...folder].join("/");
}
