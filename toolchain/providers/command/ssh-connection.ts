import type { Client, ClientChannel, ConnectConfig } from "ssh2";

import type { PropertyMap } from "../property/value";
import type { Work } from "../provider";
import { connectConfig, sshEndpoint, type SshEndpoint, WrongHostKey } from "./ssh-endpoint";

/** Waiting times between attempts: the first, by how much each is longer than the one before, and the longest. */
const retry = { firstMs: 100, factor: 1.5, longestMs: 5000 };

/** An open connection; whoever opened it closes it. */
export interface SshConnection {
  readonly client: Client;
  close(): void;
}

/**
 * Connects to a server, over its proxy when there is one. A server that does not answer yet, e.g. because it is booting,
 * is tried again as often as the connection's `dialErrorLimit` says.
 */
export async function connect(connection: PropertyMap, work: Work): Promise<SshConnection> {
  const target = sshEndpoint(connection);
  if (!connection["proxy"]) {
    const client = await dial("Dial", target, work, async () => ({}));
    return { client, close: () => client.end() };
  }
  const proxy = await dial("Dial proxy", sshEndpoint(connection["proxy"] as PropertyMap), work, async () => ({}));
  try {
    const client = await dial("Dial from proxy", target, work, async () => ({ sock: await forward(proxy, target) }));
    const close = (): void => {
      client.end();
      proxy.end();
    };
    return { client, close };
  } catch (error) {
    proxy.end();
    throw error;
  }
}

async function dial(
  what: string,
  endpoint: SshEndpoint,
  work: Work,
  transport: () => Promise<Pick<ConnectConfig, "sock">>,
): Promise<Client> {
  const config = connectConfig(endpoint);
  const { dialErrorLimit: limit } = endpoint;
  let delay = retry.firstMs;
  for (let failed = 1; ; failed++) {
    try {
      return await attempt({ ...config, ...(await transport()) }, endpoint, work.signal);
    } catch (error) {
      if (work.signal.aborted) throw work.signal.reason as Error;
      const reason = (error as Error).message;
      const where = `${endpoint.user}@${endpoint.host}:${endpoint.port}`;
      if (error instanceof WrongHostKey || isUnusableKey(reason)) throw new Error(`SSH to ${where}: ${reason}`);
      if (limit >= 0 && failed > limit) throw new Error(`SSH to ${where}: after ${failed} failed attempts: ${reason}`);
      work.progress(`${what} ${failed}/${limit < 0 ? "inf" : limit} failed: retrying (${reason})`);
      await pause(delay, work.signal);
      delay = Math.min(delay * retry.factor, retry.longestMs);
    }
  }
}

async function attempt(config: ConnectConfig, endpoint: SshEndpoint, signal: AbortSignal): Promise<Client> {
  // Loaded late: most runs have no remote resource, and every `up` waits for providers to start.
  const ssh2 = await import("ssh2");
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    const { hostVerifier } = config;
    let wrongKey = false;
    const verified: ConnectConfig = hostVerifier
      ? {
          ...config,
          hostVerifier: (key: Buffer) => {
            wrongKey = !(hostVerifier as (key: Buffer) => boolean)(key);
            return !wrongKey;
          },
        }
      : config;
    const abort = (): void => void client.destroy();
    const settle = (act: () => void): void => {
      signal.removeEventListener("abort", abort);
      act();
    };
    const fail = (reason: string): void =>
      settle(() => {
        client.destroy();
        reject(
          wrongKey ? new WrongHostKey("the server's key is not the one in connection.hostKey") : new Error(reason),
        );
      });
    signal.addEventListener("abort", abort, { once: true });
    client
      .on("ready", () => settle(() => resolve(client)))
      // Errors after this one, e.g. a reset while closing, are part of the same failure.
      .on("error", (error) => fail(error.message))
      .on("close", () => fail("the connection was closed"))
      .on("keyboard-interactive", (_name, _instructions, _language, prompts, finish) =>
        finish(prompts.map(() => endpoint.password ?? "")),
      );
    try {
      client.connect(verified);
    } catch (error) {
      fail((error as Error).message);
    }
  });
}

/** The library's words for a private key that it cannot use; another attempt would end the same way. */
function isUnusableKey(reason: string): boolean {
  return /privateKey/i.test(reason);
}

function forward(proxy: Client, target: SshEndpoint): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    proxy.forwardOut("127.0.0.1", 0, target.host, target.port, (error, channel) =>
      error ? reject(new Error(`proxy: ${error.message}`)) : resolve(channel),
    );
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", abort, { once: true });
  });
}
