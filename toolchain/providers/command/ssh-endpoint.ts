import type { AuthenticationType, ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";

import type { PropertyMap } from "../property/value";

/** One way to a server by SSH: the inputs of a connection, or of its proxy. */
export interface SshEndpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly privateKey?: string;
  readonly privateKeyPassword?: string;
  readonly agentSocketPath?: string;
  readonly hostKey?: string;
  /** Failed attempts that are forgiven; -1 is any number. */
  readonly dialErrorLimit: number;
  /** Time for one attempt in seconds; 0 is any time. */
  readonly perDialTimeout: number;
}

/** Reads a connection's inputs, which have their defaults by now. */
export function sshEndpoint(connection: PropertyMap): SshEndpoint {
  return connection as unknown as SshEndpoint;
}

/** Silence after which the server is asked whether it is there; after 4 times without answer the connection is lost. */
const keepalive = { intervalMs: 15_000, count: 4 };

/** What the SSH library is told about an endpoint. */
export function connectConfig(endpoint: SshEndpoint): ConnectConfig {
  const agent = endpoint.agentSocketPath ?? process.env["SSH_AUTH_SOCK"];
  const methods: AuthenticationType[] = [
    ...(endpoint.privateKey ? (["publickey"] as const) : []),
    ...(endpoint.password ? (["password", "keyboard-interactive"] as const) : []),
    ...(agent ? (["agent"] as const) : []),
  ];
  return {
    host: endpoint.host,
    port: endpoint.port,
    username: endpoint.user,
    password: endpoint.password,
    privateKey: endpoint.privateKey,
    passphrase: endpoint.privateKeyPassword,
    agent,
    tryKeyboard: endpoint.password !== undefined,
    authHandler: methods.length > 0 ? methods : ["none"],
    readyTimeout: endpoint.perDialTimeout * 1000,
    keepaliveInterval: keepalive.intervalMs,
    keepaliveCountMax: keepalive.count,
    ...hostKeyConfig(endpoint),
  };
}

/** The server showed another key than the one expected: trying again would not help, and could harm. */
export class WrongHostKey extends Error {}

/**
 * With a host key given, the server has to show just that one, and is asked for one of its kind: servers have several.
 */
function hostKeyConfig(endpoint: SshEndpoint): Pick<ConnectConfig, "hostVerifier" | "algorithms"> {
  if (!endpoint.hostKey) return {};
  const { type, blob } = parseHostKey(endpoint.hostKey);
  return {
    algorithms: {
      serverHostKey: type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [type as ServerHostKeyAlgorithm],
    },
    hostVerifier: (shown: Buffer) => shown.equals(blob),
  };
}

/** Reads a key as in `known_hosts`, `authorized_keys` or `ssh_host_*_key.pub`: a type and base64, with or without the rest. */
export function parseHostKey(line: string): { type: string; blob: Buffer } {
  const [, type, base64] = /(?:^|\s)((?:ssh|ecdsa)-\S+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line.trim()) ?? [];
  const blob = Buffer.from(base64 ?? "", "base64");
  const named = blob.length > 4 ? blob.subarray(4, 4 + blob.readUInt32BE()).toString("latin1") : undefined;
  if (type === undefined || named !== type) {
    throw new Error('connection.hostKey is not a public key as in known_hosts, e.g. "ssh-ed25519 AAAAC3..."');
  }
  return { type, blob };
}
