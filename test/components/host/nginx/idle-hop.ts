import { setTimeout as pause } from "node:timers/promises";
import { connect, TLSSocket } from "node:tls";

/** Where a hop connects to, and what it asks for. */
export interface IdleHopArgs {
  /** Loopback address that it connects from. */
  from: string;
  port: number;
  /** Name and authority of nginx's certificate. */
  servername: string;
  ca: string;
}

/**
 * A hop as far as its connections go: it keeps them for as long as it was told, and uses them again to the end of that time,
 * without asking whether the other side has closed them meanwhile. A balancer whose request crosses that on the wire answers
 * 502.
 */
export class IdleHop {
  private constructor(private readonly sockets: readonly TLSSocket[]) {}

  /** Opens connections and sends one request over each. */
  static async open(count: number, args: IdleHopArgs): Promise<IdleHop> {
    const sockets = await Promise.all(Array.from({ length: count }, () => connected(args)));
    const hop = new IdleHop(sockets);
    for (const socket of sockets) if (!(await ask(socket, args.servername))) throw new Error("nginx does not answer");
    return hop;
  }

  /** Uses each connection once more, after idle times from a fifth before the end of what the hop keeps up to the end. */
  async reuse(keepMilliseconds: number, servername: string): Promise<{ answered: number; failed: number }> {
    const results = await Promise.all(
      this.sockets.map(async (socket, index) => {
        await pause(keepMilliseconds * (0.8 + (0.2 * index) / this.sockets.length));
        return ask(socket, servername);
      }),
    );
    const answered = results.filter(Boolean).length;
    return { answered, failed: results.length - answered };
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

function connected({ from, port, servername, ca }: IdleHopArgs): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // The options of a TCP connection hold for one by TLS, too.
    const options = { host: "127.0.0.1", port, servername, ca, localAddress: from, ALPNProtocols: ["http/1.1"] };
    const socket = connect(options, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Whether a request is answered on a connection. A HEAD, whose answer ends with its headers. */
function ask(socket: TLSSocket, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (socket.destroyed || socket.readableEnded) return resolve(false);
    let said = "";
    const hear = (text: Buffer): void => {
      said += text.toString("latin1");
      if (said.endsWith("\r\n\r\n")) done(said.startsWith("HTTP/1.1 200"));
    };
    const fail = (): void => done(false);
    const done = (isAnswered: boolean): void => {
      socket.off("data", hear).off("close", fail).off("error", fail);
      socket.on("error", () => {}); // idle connections may end as they like
      resolve(isAnswered);
    };
    socket.on("data", hear).on("close", fail).on("error", fail);
    socket.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  });
}
