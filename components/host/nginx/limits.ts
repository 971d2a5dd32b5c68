import { App } from "../../app/app";
import { Route } from "../../app/route/route";
import { HopChain, ownAddresses } from "../hops";
import { rateOf } from "../limits";
import { clientAddress } from "./client-address";
import { expression } from "./expression";
import { map } from "./map";
import { routeVariable } from "./route-variable";
import { Directive, directive } from "./tree";

/** Whom a limit counts, empty for what is not counted. The same for all zones: nginx refuses a reload that changes it. */
const limited = "limited_client";

/** 1 MiB keeps 8,000 clients (nginx, ngx_http_limit_req_module, on 64 bits); a zone that is full forgets the oldest. */
const zoneSize = "10m";

/** Map on which the zones rely; nothing where no route has a limit. */
export function limitedClients(routes: readonly Route[], hops: HopChain): Directive[] {
  if (!routes.some(({ limits }) => limits)) return [];
  const client = clientAddress(hops);
  return [
    map(
      client,
      limited,
      ownAddresses.map((address) => [address, ""]),
      client,
    ),
  ];
}

/** Where the requests of clients are counted, each route by itself. */
export function limitZones(app: App): Directive[] {
  return (app.routes ?? []).flatMap((route) => {
    const { limits } = route;
    if (!limits) return [];
    const perClient = expression`$limited_client`;
    const rate = rateOf(limits);
    return [
      ...(rate
        ? [
            directive(
              ...["limit_req_zone", perClient, `zone=${requestZone(app, route)}:${zoneSize}`],
              `rate=${rate.requests}r/${rate.seconds === 1 ? "s" : "m"}`,
            ),
          ]
        : []),
      ...(limits.connections === undefined
        ? []
        : [directive("limit_conn_zone", perClient, `zone=${connectionZone(app, route)}:${zoneSize}`)]),
    ];
  });
}

/** What is too much is refused at once, with the status for it (RFC 6585). */
export function limitDirectives(app: App, route: Route): Directive[] {
  const { limits } = route;
  if (!limits) return [];
  const rate = rateOf(limits);
  return [
    ...(rate
      ? [
          directive("limit_req", `zone=${requestZone(app, route)}`, `burst=${rate.burst}`, "nodelay"),
          directive("limit_req_status", 429),
        ]
      : []),
    ...(limits.connections === undefined
      ? []
      : [directive("limit_conn", connectionZone(app, route), limits.connections), directive("limit_conn_status", 429)]),
  ];
}

const requestZone = (app: App, route: Route): string => routeVariable("requests", app, route);
const connectionZone = (app: App, route: Route): string => routeVariable("connections", app, route);
