import { isIP } from "node:net";
import { connect, DetailedPeerCertificate, SecureVersion } from "node:tls";

/** What a client offers. */
export interface Hello {
  /** Name that it asks for (SNI). */
  name: string;
  /** The one version that it speaks. @default whatever it can */
  version?: SecureVersion;
}

/** What it was shown. */
export interface Shown {
  /** The certificate, then those that lead from it to its authority, as far as they were sent; DER. */
  chain: readonly Buffer[];
  /** Whether the server has brought its authority's word that the certificate is not revoked (OCSP stapling). */
  stapled: boolean;
}

/** Begins TLS with a live port. Undefined where the port refuses what is offered; fails where nobody answers. */
export type Handshake = (hello: Hello) => Promise<Shown | undefined>;

/** Where a port is. */
export interface TlsAddress {
  host: string;
  port: number;
}

/** A server that says nothing at all is given up. */
const longestMs = 10_000;

/** Begins TLS as Node.js does, with suites of all ages, so that it is the server that refuses. It trusts whoever answers. */
export function handshakeWith({ host, port }: TlsAddress): Handshake {
  return ({ name, version }) =>
    new Promise((resolve, reject) => {
      let isConnected = false;
      let stapled = false;
      const options = {
        host,
        port,
        ...(isIP(name) === 0 && { servername: name }),
        minVersion: version ?? ("TLSv1" as const),
        maxVersion: version ?? ("TLSv1.3" as const),
        ciphers: "ALL:@SECLEVEL=0",
        ca: [], // or the last certificate would be looked up among those that Node.js brings
        rejectUnauthorized: false,
        requestOCSP: true,
      };
      const socket = connect(options);
      socket.setTimeout(longestMs, () => socket.destroy(new Error(`${host}:${port} has said nothing`)));
      socket.on("connect", () => (isConnected = true));
      socket.on("OCSPResponse", (response: Buffer | null) => (stapled = response !== null && response.length > 0));
      socket.on("secureConnect", () => {
        resolve({ chain: sent(socket.getPeerCertificate(true)), stapled });
        socket.destroy();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => {
        if (isConnected && !/has said nothing/.test(error.message)) resolve(undefined);
        else reject(error);
      });
    });
}

function sent(first: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = [];
  // One that has signed itself is its own issuer.
  for (let one: DetailedPeerCertificate | undefined = first; one?.raw; one = one.issuerCertificate) {
    if (chain.some((raw) => raw.equals(one!.raw))) break;
    chain.push(one.raw);
  }
  return chain;
}
