import { AddressInfo, connect, createServer, isIPv6, Server, Socket } from "node:net";

/** How a hop begins a connection to nginx: the PROXY protocol's text or its binary form, or nothing. */
export type Greeting = (client: string, port: number) => Buffer;

/** Version 1, in words (haproxy.org, "The PROXY protocol", 2.1). */
export const inWords: Greeting = (client, port) =>
  Buffer.from(`PROXY TCP${isIPv6(client) ? 6 : 4} ${client} 127.0.0.1 ${port} 443\r\n`);

/** Version 2, in bytes, as a Network Load Balancer sends it; for IPv4 (2.2 there). */
export const inBytes: Greeting = (client, port) => {
  const signature = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]);
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(port, 0);
  ports.writeUInt16BE(443, 2);
  const addresses = Buffer.from([...client.split(".").map(Number), 127, 0, 0, 1]);
  return Buffer.concat([signature, Buffer.from([0x21, 0x11, 0, 12]), addresses, ports]);
};

/** A hop that knows connections and not requests: it hands on what comes, from an address of its own. */
export class TcpHop {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param address loopback address that it connects from, e.g. `127.0.1.1` */
  static async start(address: string, to: number, greeting: Greeting): Promise<TcpHop> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const hop = new TcpHop(server, (server.address() as AddressInfo).port);
    server.on("connection", (incoming) => {
      const outgoing = connect({ port: to, host: "127.0.0.1", localAddress: address });
      outgoing.write(greeting(incoming.remoteAddress ?? "", incoming.remotePort ?? 0));
      incoming.pipe(outgoing).pipe(incoming);
      for (const socket of [incoming, outgoing]) {
        hop.sockets.add(socket);
        socket.on("error", () => [incoming, outgoing].forEach((one) => one.destroy()));
        socket.on("close", () => hop.sockets.delete(socket));
      }
    });
    return hop;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
