import { Guest } from "../guest";
import { HopChain } from "../hops";
import { TlsPort } from "../name-ways";
import { addressOf } from "../names";
import { combinedFile } from "../tls/combined";
import { intermediate } from "../tls/mozilla";
import { HitchSetting, hitchWords, renderHitch } from "./settings";

/** Where Debian's unit of hitch has its configuration. */
export const hitchFile = "/etc/hitch/hitch.conf";
export const hitchUnit = "hitch.service";

/** hitch in front of nginx: what is encrypted goes on without, begun by the PROXY protocol. */
export function hitchConfiguration(
  ports: readonly TlsPort[],
  nginxPort: number,
  guest: Guest,
  hops: Pick<HopChain, "names"> = {},
): string {
  const { protocols, ciphers, curves, preferServerCiphers } = intermediate(guest);
  const pemFiles = ({ names }: TlsPort): HitchSetting[] =>
    [...new Set(names.map((name) => addressOf(hops, name).domain))]
      .sort()
      .map((domain) => ({ key: "pem-file", value: combinedFile(domain) }));
  const frontend = (one: TlsPort): HitchSetting => ({
    key: "frontend",
    value: [
      { key: "host", value: "*" },
      { key: "port", value: String(one.port) },
      // One that names none has all of them.
      ...(ports.length === 1 ? [] : pemFiles(one)),
    ],
  });
  return renderHitch([
    ...ports.map(frontend),
    { key: "backend", value: `[127.0.0.1]:${nginxPort}` },
    { key: "write-proxy-v2", value: true, comment: "tells nginx the client's address" },
    ...(ports.length === 1 ? ports.flatMap(pemFiles) : []),
    { key: "sni-nomatch-abort", value: true, comment: "a name that is not ours gets no handshake" },
    {
      key: "alpn-protos",
      value: "http/1.1",
      comment: "hitch hands on what it decrypts, and nginx speaks one protocol on a port without TLS",
    },
    { key: "tls-protos", value: hitchWords(...protocols), comment: "Mozilla's guideline 6.0, intermediate" },
    { key: "ciphers", value: ciphers.join(":") },
    { key: "ecdh-curve", value: curves.join(":") },
    { key: "prefer-server-ciphers", value: preferServerCiphers },
    { key: "user", value: "_hitch" },
    { key: "group", value: "_hitch" },
    { key: "workers", value: 2 },
    { key: "backlog", value: 4096 },
    { key: "daemon", value: false },
    { key: "syslog", value: true },
    { key: "log-level", value: 1 },
    { key: "ocsp-dir", value: "", comment: "it asks no authority about certificates: most have stopped answering" },
  ]);
}
