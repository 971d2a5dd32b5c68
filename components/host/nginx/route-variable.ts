import { App } from "../../app/app";
import { Route } from "../../app/route/route";

/** nginx's name for what is told of one route of an app, e.g. `rest_blog_0`. Other apps' routes change none of it. */
export function routeVariable(what: string, app: App, route: Route): string {
  const index = (app.routes ?? []).indexOf(route);
  return `${what}_${app.name.replaceAll("-", "_")}_${index}`;
}
