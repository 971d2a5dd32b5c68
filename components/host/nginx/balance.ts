import { App } from "../../app/app";
import { mostTries, Place, places, serverConnectSeconds, sharing, stayCookie, stayCookieAttributes } from "../places";
import { Expression, expression, pattern } from "./expression";
import { map } from "./map";
import { because, Directive, directive } from "./tree";
import { address, Connection, upstreamName } from "./upstreams";

/**
 * Seconds after which a request is tried at no other place. Longer than finding `mostTries` dead machines takes, and shorter
 * than answers may: a slow request is not repeated.
 */
const triesSeconds = 10;

/**
 * What happens when a place fails. A request is tried at another one when it could not be handed over, or when nothing came
 * back and it may be repeated: nginx never repeats a POST, LOCK or PATCH that was sent (nginx.org, "proxy_next_upstream").
 */
export function failover(app: App): Directive[] {
  const count = places(app).length;
  return [
    ...(app.servers ? [directive("proxy_connect_timeout", `${serverConnectSeconds}s`)] : []),
    ...(count > 1
      ? [
          // A web server there that finds its own app gone says 502.
          directive("proxy_next_upstream", "error", "timeout", ...(app.servers ? ["http_502"] : [])),
          directive("proxy_next_upstream_tries", Math.min(count, mostTries)),
          directive("proxy_next_upstream_timeout", `${triesSeconds}s`),
        ]
      : []),
  ];
}

/** Where requests are handed to: an upstream, by a variable where clients stay at one of several places. */
export function upstreamOf(app: App, connection: Connection): string {
  return sharing(app).sticky ? `\${${variable("stay", app)}}.${connection}` : upstreamName(app.name, connection);
}

/** Tells a client where it was answered, unless it says so already. The header is left out of what nobody answered. */
export function stayHeader(app: App): Directive[] {
  return sharing(app).sticky ? [directive("add_header", "Set-Cookie", { token: `$${variable("say_stay", app)}` })] : [];
}

/** Maps on which clients that stay rely: where one goes by its cookie, and the cookie that it gets where it has come to. */
export function stayMaps(app: App): Directive[] {
  if (!sharing(app).sticky) return [];
  const all = places(app);
  const cookie: Expression = { token: `$cookie_${stayCookie(app.name)}` };
  const asked: Expression = { token: `${cookie.token}|$upstream_addr` };
  return [
    because(
      `clients of ${app.name} stay where they are`,
      map(
        cookie,
        variable("stay", app),
        all.map((place) => [place.id, `app-${app.name}.${place.id}`]),
        `app-${app.name}`,
      ),
    ),
    map(
      asked,
      variable("say_stay", app),
      all.map((place) => [
        movedTo(place),
        expression`${`${stayCookie(app.name)}=${place.id}${stayCookieAttributes(app)}`}`,
      ]),
    ),
  ];
}

/** An answer of a place, the last of those that were asked, to a client that does not say that it is there. */
const movedTo = (place: Place): Expression => pattern`~^(?!${place.id}\|).*[| ]${address(place)}$`;

const variable = (name: string, { name: app }: App): string => `${name}_${app.replaceAll("-", "_")}`;
