import { Guest } from "../guest";
import { HopChain, speaksProxyProtocol } from "../hops";
import { addressOf, usualPorts } from "../names";
import { combinedFile } from "../tls/combined";
import { intermediate, optionalWhereNew } from "../tls/mozilla";
import { haproxyFolder } from "./folder";
import { HaproxyLine, line } from "./tree";
import { haproxyWord } from "./word";

/** The list of certificates of a port, and of the name that each is for. */
export const certificateList = (port: number): string =>
  `${haproxyFolder}/certificates${port === usualPorts.https ? "" : `-${port}`}.list`;

/** Lines of that list: the certificate of each name is found by the name alone, whatever else it covers. */
export function certificateListText(names: readonly string[], hops: Pick<HopChain, "names">): string {
  return names
    .map((name) => `${haproxyWord(combinedFile(addressOf(hops, name).domain))} ${haproxyWord(name)}\n`)
    .join("");
}

/**
 * `bind` on a port for TLS of every address, IPv4 and IPv6. A name that is not its own gets no handshake.
 *
 * @param namesNobody whether TLS is begun without a name as well, as load balancers do: then whoever gives none that is ours gets
 *   the first certificate, which the balancer does not check
 */
export function bindTls(
  guest: Guest,
  protocols: "h2,http/1.1" | "http/1.1",
  port: number,
  namesNobody = false,
): HaproxyLine[] {
  const strict = namesNobody ? [] : ["strict-sni"];
  const words = ["ssl", "crt-list", certificateList(port), ...strict, "alpn", protocols];
  return bind(port, ...words, "curves", intermediate(guest).curves.map(optionalWhereNew).join(":"));
}

/** `bind` on a port of every address. */
export function bind(port: number, ...words: string[]): HaproxyLine[] {
  return [line("bind", `:${port}`, ...words), line("bind", `:::${port}`, "v6only", ...words)];
}

/** Where a hop begins connections with the PROXY protocol, nobody else gets in but the host itself. */
export function proxyProtocol(hops: HopChain, believed: readonly string[]): HaproxyLine[] {
  if (!speaksProxyProtocol(hops)) return [];
  const sources = believed.map((cidr) => line("acl", "hop", "src", cidr));
  return [
    ...sources,
    line("acl", "host-itself", "src", "127.0.0.0/8", "::1"),
    line("tcp-request", "connection", "expect-proxy", "layer4", "if", "hop"),
    line("tcp-request", "connection", "reject", "if", "!hop", "!host-itself"),
  ];
}
