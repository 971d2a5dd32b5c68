import { Guest } from "../guest";
import { intermediate } from "../tls/mozilla";
import { runtimeFolder } from "./folder";
import { apache, ApacheDirective, noted } from "./tree";

/** Where sessions are kept that clients may take up again; the folder is made anew at each start. */
const sessionCache = `${runtimeFolder}/landfall-sessions`;

/** Mozilla's settings as this guest's httpd takes them. */
export function tlsSettings(guest: Guest): ApacheDirective[] {
  const settings = intermediate(guest);
  return [
    noted(
      "Mozilla's guideline 6.0, intermediate",
      apache("SSLProtocol", "-all", ...settings.protocols.map((protocol) => `+${protocol}`)),
    ),
    apache("SSLCipherSuite", settings.ciphers.join(":")),
    apache("SSLOpenSSLConfCmd", "Groups", settings.curves.join(":")),
    apache("SSLHonorCipherOrder", settings.preferServerCiphers ? "On" : "Off"),
    apache("SSLSessionCache", `shmcb:${sessionCache}(${settings.sessionCacheMiB * 1024 * 1024})`),
    apache("SSLSessionCacheTimeout", settings.sessionSeconds),
    noted("httpd keeps one ticket key until it restarts", apache("SSLSessionTickets", "Off")),
  ];
}
