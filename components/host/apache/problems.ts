import { App } from "../../app/app";
import { ListenVia } from "../../app/listen";
import { at, Problem } from "../../app/problem";
import { Route } from "../../app/route/route";
import { Web, WebProgram } from "../../app/web";
import { HopChain, readTimeoutSeconds } from "../hops";
import { NamesClient } from "../hop";
import { isStripped } from "../site-route";

const fix = "take nginx as the web server, or leave it out";

/** What Apache httpd cannot do as a host's web server, of the hops in front of it and of its apps. */
export function apacheProblems(hops: HopChain, apps: readonly App[], { program }: Web): Problem[] {
  if (program !== WebProgram.Apache) return [];
  return [...hopProblems(hops), ...apps.flatMap((app, index) => appProblems(app, at("apps", index), hops))];
}

function hopProblems({ front }: HopChain): Problem[] {
  return front.flatMap(({ name, namesClient, asksHealth }, index) => {
    const path = at("front", index);
    return [
      ...(namesClient === NamesClient.ProxyProtocol
        ? [
            {
              path: at(path, "namesClient"),
              value: namesClient,
              reason: "is believed by httpd from every address, so that any client could say who it is",
              fix,
            },
          ]
        : []),
      ...(asksHealth
        ? [
            {
              path: at(path, "asksHealth"),
              value: true,
              reason: `is not answered by httpd here: ${name} asks under no name`,
              fix,
            },
          ]
        : []),
    ];
  });
}

function appProblems(app: App, path: string, hops: HopChain): Problem[] {
  const instances = app.process?.instances ?? 1;
  return [
    ...(app.servers ? [{ path: at(path, "servers"), reason: "are not shared out by httpd here", fix }] : []),
    ...(instances > 1
      ? [
          {
            path: at(at(path, "process"), "instances"),
            value: instances,
            reason: "are not shared out by httpd here",
            fix,
          },
        ]
      : []),
    ...sharedPorts(app, path, hops),
  ];
}

/**
 * httpd keeps what it knows of a port by its address: two routes of which the app sees the same path share it. Of a pattern it may
 * see any.
 */
function sharedPorts(app: App, path: string, hops: HopChain): Problem[] {
  if (app.listen?.via !== ListenVia.Port) return [];
  const routes = app.routes ?? [];
  const seesTheSame = (route: Route): boolean => isStripped(route) || (route.path ?? "/") === "/";
  const [first, ...others] = routes.some(({ pattern }) => pattern !== undefined) ? routes : routes.filter(seesTheSame);
  if (first === undefined) return [];
  return others
    .filter(
      (route) =>
        (route.websocket ?? false) !== (first.websocket ?? false) ||
        readTimeoutSeconds(route, hops) !== readTimeoutSeconds(first, hops),
    )
    .map((route) => ({
      path: at(at(path, "routes"), routes.indexOf(route)),
      reason: `waits longer or shorter than ${first.domain}${first.pattern ?? first.path ?? "/"}, or has websockets and that one has not, at the same port`,
      fix: "let the app answer on a socket, or give both the same timeouts",
    }));
}
