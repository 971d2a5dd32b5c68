import { IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:tls";
import { RunningNginx } from "./running-nginx";

/** What a client got. */
export interface Answer {
  status: number;
  /** By name in lower case; all values. */
  headers: Record<string, string[]>;
  body: string;
}

/** What a client sends. */
export interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Speak plain HTTP on the port for it. @default TLS */
  plain?: boolean;
  /** Address of this computer that it is sent from. @default the usual one */
  from?: string;
}

/** Asks for a path exactly as written, dots and all. */
export function ask(nginx: RunningNginx, domain: string, path: string, request: Request = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body, plain = false, from } = request;
  const port = plain ? nginx.httpPort : nginx.httpsPort;
  const options = {
    host: "127.0.0.1",
    port,
    ...(from === undefined ? {} : { localAddress: from }),
    path,
    method,
    agent: false,
    headers: { Host: port === 443 ? domain : `${domain}:${port}`, ...headers },
  };
  return new Promise((resolve, reject) => {
    const sent = plain
      ? httpRequest(options, receive)
      : httpsRequest({ ...options, servername: domain, ca: nginx.certificate(domain) }, receive);
    sent.once("error", reject);
    sent.end(body);

    function receive(response: IncomingMessage): void {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headersDistinct as Record<string, string[]>,
          body: text,
        }),
      );
    }
  });
}

/** Opens TLS, writes the text as it is, and returns everything that comes until the other side closes. */
export function speak(nginx: RunningNginx, domain: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: nginx.httpsPort, servername: domain, ca: nginx.certificate(domain) };
    const socket = connect(options, () => socket.write(text));
    let said = "";
    socket.on("data", (chunk) => (said += String(chunk)));
    socket.once("end", () => resolve(said));
    socket.once("error", reject);
  });
}
