import { Guest } from "../guest";
import { HopChain } from "../hops";
import { TlsPort } from "../name-ways";
import { addressOf, usualPorts } from "../names";
import { combinedFile } from "../tls/combined";
import { intermediate } from "../tls/mozilla";
import { renderStunnel, StunnelSection, StunnelSetting } from "./settings";

/** What stunnel reads as the front of nginx. Not in its own folder, whose files Debian's scripts start by themselves. */
export const stunnelFrontFile = "/etc/landfall/stunnel/front.conf";
export const stunnelFrontUnit = "landfall-tls-front.service";

/** The user of Debian's package, as whom it runs and who alone may read the keys. */
export const stunnelUser = "stunnel4";

/** Keeps a connection that stunnel watches longer than nginx does, so that it is nginx that ends it. */
const marginSeconds = 60;

/**
 * stunnel in front of nginx. The first certificate of a port is also for names that are nobody's: stunnel cannot refuse a handshake for its
 * name, so that nginx refuses the request.
 */
export function stunnelConfiguration(
  ports: readonly TlsPort[],
  nginxPort: number,
  silenceSeconds: number,
  guest: Guest,
  hops: Pick<HopChain, "names"> = {},
): string {
  const { ciphers, curves, protocols } = intermediate(guest);
  const tls: StunnelSetting[] = [
    ["sslVersionMin", protocols[0]!],
    ["ciphers", ciphers.join(":")],
    ["curves", curves.join(":")],
    ["options", "NO_TICKET"],
    ["renegotiation", "no"],
  ];
  const toNginx: StunnelSetting[] = [
    ["connect", `127.0.0.1:${nginxPort}`],
    ["protocol", "proxy"],
    ["TIMEOUTidle", silenceSeconds + marginSeconds],
  ];
  // One for each kind of address: on both at once an IPv4 client's would be written as IPv6.
  const services = ports.flatMap(({ port, names }) => {
    const more = port === usualPorts.https ? "" : `-${port}`;
    const only: StunnelSetting[] = [["socket", "a:IPV6_V6ONLY=1"]];
    return [
      { name: `https${more}`, accept: `0.0.0.0:${port}`, options: [], names },
      { name: `https6${more}`, accept: `:::${port}`, options: only, names },
    ];
  });
  const once: StunnelSetting[] = [
    ["foreground", "yes"],
    ["pid", ""],
    ["syslog", "no"],
    ["debug", "notice"],
    ["socket", "l:TCP_NODELAY=1"],
    ["socket", "r:TCP_NODELAY=1"],
  ];
  return renderStunnel([
    { settings: once },
    ...services.flatMap(({ name, accept, options, names }) =>
      names.map((domain, index): StunnelSection => {
        const begins: StunnelSetting[] =
          index === 0 ? [["accept", accept], ...options] : [["sni", `${name}:${domain}`]];
        const service = index === 0 ? name : `${name}.${domain}`;
        return {
          service,
          settings: [...begins, ["cert", combinedFile(addressOf(hops, domain).domain)], ...tls, ...toNginx],
        };
      }),
    ),
  ]);
}
