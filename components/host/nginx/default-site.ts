import { Guest } from "../guest";
import { listen, webPorts } from "./listen";
import { http2 } from "./tls";
import { because, block, Directive, directive } from "./tree";

/** Connections that wait for nginx: Linux's somaxconn. nginx's own default of 511 overflows in a burst. */
const backlog = "backlog=4096";

/** The servers for names that are none of ours: a scanner gets no answer, and no certificate that tells a name. */
export function defaultSite(guest: Guest): Directive[] {
  const { listen: words, server } = http2(guest);
  return [
    because(
      "plain HTTP for a name that is not ours: the connection is closed",
      block(
        "server",
        [],
        [
          ...listen(webPorts.http, "default_server", backlog),
          directive("server_name", ""),
          directive("access_log", "off"),
          directive("return", 444),
        ],
      ),
    ),
    because(
      "TLS for a name that is not ours: the handshake is refused",
      block(
        "server",
        [],
        [
          ...listen(webPorts.https, "ssl", ...words, "default_server", backlog),
          ...server,
          directive("server_name", ""),
          directive("access_log", "off"),
          directive("ssl_reject_handshake", "on"),
          because(
            "HTTP/2 clients may send requests for other names over a connection they have",
            block("location", ["/"], [directive("return", 421)]),
          ),
        ],
      ),
    ),
  ];
}
