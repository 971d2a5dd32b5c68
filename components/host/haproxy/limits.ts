import { ownAddresses } from "../hops";
import { rateOf } from "../limits";
import { routeName, SiteRoute } from "../site-route";
import { OfRoute, when } from "./condition";
import { HaproxyLine, HaproxySection, line, section } from "./tree";

/** Clients that are kept for each route, some 100 bytes each; a table that is full forgets the oldest. */
const clients = "100k";

/** HAProxy counts in times of whole milliseconds; shorter ones than this would be made of rounding. */
const leastMilliseconds = 10;

/** As many requests of one client as may come in a time. */
interface Window {
  readonly requests: number;
  readonly milliseconds: number;
}

/** The burst and the request behind it may come at once, and again after the time in which the rate lets as many through. */
function windowOf({ route: { limits = {} } }: SiteRoute): Window | undefined {
  const rate = rateOf(limits);
  if (!rate) return undefined;
  const perMillisecond = rate.requests / (rate.seconds * 1000);
  const requests = Math.max(rate.burst + 1, Math.ceil(perMillisecond * leastMilliseconds));
  return { requests, milliseconds: Math.ceil(requests / perMillisecond) };
}

/** Where the requests of clients are counted, each route by itself. */
export function limitTables(routes: readonly SiteRoute[]): HaproxySection[] {
  return routes
    .filter(({ route }) => route.limits)
    .map((one) => {
      const window = windowOf(one);
      const stored = [
        ...(window ? [`gpc0_rate(${window.milliseconds}ms)`] : []),
        ...(one.route.limits?.connections === undefined ? [] : ["conn_cur"]),
      ];
      const expire = `${Math.max(60_000, window?.milliseconds ?? 0)}ms`;
      const table = ["type", "ipv6", "size", clients, "expire", expire, "store", stored.join(",")];
      return section(["backend", tableName(one)], [line("stick-table", ...table)]);
    });
}

/** What is too much is refused at once, with the status for it (RFC 6585), and is not counted. */
export function limitLines(one: SiteRoute, ofRoute: OfRoute): HaproxyLine[] {
  const { limits } = one.route;
  if (!limits) return [];
  const window = windowOf(one);
  const refuse = (...found: (string | number)[]): HaproxyLine =>
    line("http-request", "deny", "deny_status", 429, ...when(ofRoute, "{", ...found, "}"));
  const fromElsewhere = when(ofRoute, "!{", "src", ...ownAddresses, "}");
  return [
    line("http-request", "track-sc0", "src", "table", tableName(one), ...fromElsewhere),
    ...(limits.connections === undefined ? [] : [refuse("sc_conn_cur(0)", "gt", limits.connections)]),
    ...(window
      ? [refuse("sc_gpc0_rate(0)", "ge", window.requests), line("http-request", "sc-inc-gpc0(0)", ...when(ofRoute))]
      : []),
  ];
}

const tableName = (one: SiteRoute): string => `limits-${routeName(one)}`;
