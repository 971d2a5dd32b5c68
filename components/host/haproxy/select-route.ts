import { Route } from "../../app/route/route";
import { routeName, SiteRoute } from "../site-route";
import { format } from "./expression";
import { because, HaproxyLine, line } from "./tree";

/** What HAProxy calls the servers of an app. */
export const backendName = (app: string): string => `app-${app}`;

/** Whether a request is for a domain, and the path it has. */
const at = (route: Route, ...path: string[]): string[] => [
  ...["if", "{", "var(txn.host)", "-m", "str", route.domain, "}"],
  ...["{", "var(txn.path)", ...path, "}"],
];

/** `/app` is `/app/`: relative links of its pages need the slash. Relative, so that it holds on any public port. */
export function barePrefixes(routes: readonly SiteRoute[]): HaproxyLine[] {
  return routes
    .map(({ route }) => ({ route, path: route.path ?? "/" }))
    .filter(({ path }) => path !== "/")
    .map(({ route, path }) =>
      line(
        ...["http-request", "redirect", "code", 308, "location", format`${path}%[var(txn.arguments)]`],
        ...at(route, "-m", "str", path.slice(0, -1)),
      ),
    );
}

/** Finds the route of a request, the longest prefix last, and hands it to the app's servers. */
export function selectRoute(routes: readonly SiteRoute[]): HaproxyLine[] {
  const length = ({ route }: SiteRoute): number => (route.path ?? "/").length;
  const chosen = [...routes]
    .sort((one, other) => length(one) - length(other))
    .map((one) =>
      line(
        ...["http-request", `set-var(txn.route)`, `str(${routeName(one)})`],
        ...at(one.route, "-m", "beg", one.route.path ?? "/"),
      ),
    );
  const handed = routes.map((one) =>
    line("use_backend", backendName(one.app.name), "if", "{", "var(txn.route)", "-m", "str", routeName(one), "}"),
  );
  return chosen
    .map((one, index) => (index === 0 ? because("the longest prefix is looked at last, and stays", one) : one))
    .concat(handed);
}
