import { chmodSync } from "node:fs";
import { createServer, IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { WebSocketServer } from "ws";
import type { SelfSigned } from "../../../loopback/self-signed";

/** What an app saw of a request. */
export interface Seen {
  app: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Number of the connection that it came on. */
  connection: number;
  body: string;
}

/**
 * An app that says what it saw. A client may ask it, by headers, to answer with headers of its own: `x-answer` holds a
 * JSON object of them, `x-status` the status, `x-delay` the milliseconds before it answers, `x-size` how many spaces it adds.
 */
export class EchoApp {
  private connections = 0;
  private server: Server | undefined;

  constructor(
    private readonly name: string,
    private readonly address: string | number,
    /** Where it ends TLS itself. */
    private readonly tls?: SelfSigned,
  ) {}

  async start(): Promise<void> {
    const numbers = new WeakMap<object, number>();
    const answer: RequestListener = (request, response) =>
      this.answer(request, response, numbers.get(request.socket) ?? 0);
    const { tls } = this;
    const server = tls ? createSecureServer({ key: tls.key, cert: tls.certificate }, answer) : createServer(answer);
    server.on(tls ? "secureConnection" : "connection", (socket: object) => numbers.set(socket, ++this.connections));
    new WebSocketServer({ server }).on("connection", (socket, request) => {
      socket.send(JSON.stringify({ app: this.name, url: request.url, headers: request.headers }));
      socket.on("message", (data) => socket.send(String(data)));
    });
    await new Promise<void>((resolve) => {
      if (typeof this.address === "string") server.listen(this.address, resolve);
      else server.listen(this.address, "127.0.0.1", resolve);
    });
    if (typeof this.address === "string") chmodSync(this.address, 0o666);
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse, connection: number): void {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const seen: Seen = {
        app: this.name,
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers as Record<string, string>,
        connection,
        body,
      };
      const { "x-answer": answer, "x-status": status, "x-delay": delay, "x-size": size } = seen.headers;
      for (const [name, value] of Object.entries(JSON.parse(answer ?? "{}") as Record<string, string | string[]>)) {
        response.setHeader(name, value);
      }
      setTimeout(
        () => {
          response.statusCode = Number(status ?? 200);
          response.end(JSON.stringify(seen) + " ".repeat(Number(size ?? 0)));
        },
        Number(delay ?? 0),
      );
    });
  }
}
