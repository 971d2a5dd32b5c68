import { createServer, request as httpRequest, RequestOptions, Server } from "node:http";
import { request as httpsRequest } from "node:https";
import { AddressInfo } from "node:net";

/** Where a hop hands its requests on: to another hop, or to nginx by TLS. */
export interface Next {
  port: number;
  /** Name and authority of its certificate. @default plain HTTP */
  tls?: { servername: string; ca: string };
}

/**
 * A CDN or load balancer as nginx sees it: connects from an address of its own, adds who connected to it at the end of
 * `X-Forwarded-For`, says that the client came by TLS, and passes everything else on as it came.
 */
export class FrontHop {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param address loopback address that it connects from, e.g. `127.0.1.1` */
  static async start(address: string, next: Next): Promise<FrontHop> {
    const server = createServer((incoming, answer) => {
      const before = incoming.headers["x-forwarded-for"];
      const client = incoming.socket.remoteAddress ?? "";
      const headers = {
        ...incoming.headers,
        "x-forwarded-for": before === undefined ? client : `${String(before)}, ${client}`,
        "x-forwarded-proto": "https",
        "x-forwarded-port": "443",
      };
      const { method, url: path } = incoming;
      const options: RequestOptions = {
        host: "127.0.0.1",
        port: next.port,
        localAddress: address,
        method,
        path,
        headers,
      };
      const sent = next.tls
        ? httpsRequest({ ...options, ...next.tls, agent: false })
        : httpRequest({ ...options, agent: false });
      sent.once("response", (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      sent.once("error", (error) => answer.writeHead(502).end(error.message));
      incoming.pipe(sent);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FrontHop(server, (server.address() as AddressInfo).port);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A GET, as a client sends it to a hop. */
interface Question {
  /** @default the loopback address */
  host?: string;
  port: number;
  /** Address of the client. @default the one that leads there */
  from?: string;
  path: string;
  headers: Record<string, string>;
  /** @default plain HTTP */
  tls?: Next["tls"];
}

/** Sends a GET to a hop, and gives status and body. */
export function askHop({ from, tls, ...question }: Question): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", ...question, localAddress: from, agent: false };
    const sent = tls ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
    sent.once("error", reject);
    sent.once("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.end();
  });
}
