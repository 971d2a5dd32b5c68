import { App } from "../../app/app";
import { literalDomains } from "../../app/route/domains";
import { certificateFolder } from "../../app/paths";
import { Guest } from "../guest";
import { healthAskers, HopChain } from "../hops";
import { addressOf, hasTls, webPorts } from "../names";
import { healthLocation } from "./health-location";
import { backlog, listenByDefault } from "./listen";
import { http2 } from "./tls";
import { listenBehindTlsFront } from "./tls-front";
import { because, block, Directive, directive } from "./tree";

/** The servers for names that are none of ours: a scanner gets no answer, and no certificate that tells a name. */
export function defaultSite(apps: readonly App[], hops: HopChain, guest: Guest): Directive[] {
  const ports = webPorts(apps, hops);
  const behindFront = listenBehindTlsFront(hops, "default_server", backlog);
  if (behindFront) return [...ports.http.map((port) => plainServer(port, hops)), frontServer(behindFront)];
  return [
    ...ports.http.map((port) => plainServer(port, hops)),
    ...ports.https.map((port) =>
      healthAskers(hops).length === 0 ? refusingServer(port, hops, guest) : askedServer(port, apps, hops, guest),
    ),
  ];
}

function plainServer(port: number, hops: HopChain): Directive {
  return because(
    "plain HTTP for a name that is not ours: the connection is closed",
    block(
      "server",
      [],
      [
        ...listenByDefault(port, hops),
        directive("server_name", ""),
        directive("access_log", "off"),
        directive("return", 444),
      ],
    ),
  );
}

function refusingServer(port: number, hops: HopChain, guest: Guest): Directive {
  return because(
    "TLS for a name that is not ours: the handshake is refused",
    tlsServer(port, hops, guest, [directive("ssl_reject_handshake", "on"), misdirected()]),
  );
}

function frontServer(listening: Directive[]): Directive {
  return because(
    "a name that is not ours, to which TLS was begun with another or with none",
    block("server", [], [...listening, directive("server_name", ""), directive("access_log", "off"), misdirected()]),
  );
}

/**
 * A load balancer gives no name when it begins TLS, so its handshakes end up here, too; nginx goes by the Host of each
 * request afterwards. The balancer checks no certificate: that of the first domain will do, or its placeholder.
 */
function askedServer(port: number, apps: readonly App[], hops: HopChain, guest: Guest): Directive {
  const first = literalDomains(apps).find((name) => hasTls(hops, name))!; // else nothing listens for TLS
  const folder = certificateFolder(addressOf(hops, first).domain);
  return because(
    "TLS without a name, as the load balancer begins it, and its questions for the health of apps",
    tlsServer(port, hops, guest, [
      directive("ssl_certificate", `${folder}/fullchain.pem`),
      directive("ssl_certificate_key", `${folder}/privkey.pem`),
      ...[...apps].sort((a, b) => (a.name < b.name ? -1 : 1)).map((app) => healthLocation(app, hops)),
      misdirected(),
    ]),
  );
}

function tlsServer(port: number, hops: HopChain, guest: Guest, directives: readonly Directive[]): Directive {
  const { listen: words, server } = http2(guest);
  return block(
    "server",
    [],
    [
      ...listenByDefault(port, hops, "ssl", ...words),
      ...server,
      directive("server_name", ""),
      directive("access_log", "off"),
      ...directives,
    ],
  );
}

function misdirected(): Directive {
  return because(
    "HTTP/2 clients may send requests for other names over a connection they have",
    block("location", ["/"], [directive("return", 421)]),
  );
}
