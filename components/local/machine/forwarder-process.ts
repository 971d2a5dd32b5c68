import { connect, createServer, type Server, type Socket } from "node:net";
import type { Forward, ForwarderAnswer } from "./forwarder";

// The program that `forwardUp` starts. It listens on the loopback addresses and passes bytes on until it is told to end.

const forwards = JSON.parse(process.argv[2] ?? "[]") as Forward[];

void start();

async function start(): Promise<void> {
  for (const forward of forwards) {
    for (const host of ["127.0.0.1", "::1"]) {
      const code = await listen(forward, host);
      if (code === undefined || (host === "::1" && (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT"))) continue;
      answer({ port: forward.port, host, code }, () => process.exit(1));
      return;
    }
  }
  answer({ listening: true });
}

function answer(message: ForwarderAnswer, then?: () => void): void {
  process.send?.(message, undefined, undefined, then);
}

/** Opens a port. Returns what was in the way, if anything. */
async function listen(forward: Forward, host: string): Promise<string | undefined> {
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => pass(client, forward));
  return await new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port: forward.port, host, ipv6Only: true, exclusive: true }, () => resolve(undefined));
  });
}

function pass(client: Socket, { address, targetPort }: Forward): void {
  const machine = connect({ host: address, port: targetPort, allowHalfOpen: true, noDelay: true });
  client.pipe(machine).pipe(client);
  // When one side breaks, the other must learn of it: a half-dead connection would hang a browser.
  for (const [one, other] of [
    [client, machine],
    [machine, client],
  ] as const) {
    one.on("error", () => other.resetAndDestroy());
    one.on("close", () => other.destroySoon());
  }
}
