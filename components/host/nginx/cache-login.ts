import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { Expression, pattern } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { Directive } from "./tree";

/** Words that are empty unless a request comes from somebody who is logged in, as far as its headers tell. */
export function loginVariable(app: App, route: Route): string {
  const cookie = route.cache?.loginCookies ? `$${routeVariable("login", app, route)}` : "$http_cookie";
  return `$http_authorization${cookie}`;
}

/** Tells cookies of somebody who is logged in from others. */
export function loginMaps(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) =>
    (route.cache?.loginCookies ?? []).length === 0
      ? []
      : [
          map(
            { token: "$http_cookie" },
            routeVariable("login", app, route),
            (route.cache?.loginCookies ?? []).map((name): [Expression, number] => [
              { token: `~(?:^|;)\\s*${pattern`${name}`.token}\\s*=` },
              1,
            ]),
          ),
        ],
  );
}
