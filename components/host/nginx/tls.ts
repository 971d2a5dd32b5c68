import { atLeast, Guest } from "../guest";
import { intermediate, optionalWhereNew } from "../tls/mozilla";
import { because, Directive, directive } from "./tree";

/** Mozilla's settings as this guest's nginx takes them. */
export function tlsSettings(guest: Guest): Directive[] {
  const settings = intermediate(guest);
  return [
    because("Mozilla's guideline 6.0, intermediate", directive("ssl_protocols", ...settings.protocols)),
    directive("ssl_ciphers", settings.ciphers.join(":")),
    directive("ssl_ecdh_curve", settings.curves.map(optionalWhereNew).join(":")),
    directive("ssl_prefer_server_ciphers", settings.preferServerCiphers ? "on" : "off"),
    directive("ssl_session_cache", `shared:landfall:${settings.sessionCacheMiB}m`),
    directive("ssl_session_timeout", `${settings.sessionSeconds}s`),
    ...(rotatesTicketKeys(guest) ? [] : [directive("ssl_session_tickets", "off")]),
  ];
}

/** Before 1.23.2 nginx keeps one ticket key until it restarts: whoever gets it reads all sessions of that time. */
function rotatesTicketKeys(guest: Guest): boolean {
  return atLeast(guest.nginx, "1.23.2");
}

/** How this guest's nginx is told to speak HTTP/2: a directive of its own since 1.25.1, before a word of `listen`. */
export function http2(guest: Guest): { listen: string[]; server: Directive[] } {
  return atLeast(guest.nginx, "1.25.1")
    ? { listen: [], server: [directive("http2", "on")] }
    : { listen: ["http2"], server: [] };
}
