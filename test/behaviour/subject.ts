import type { ProbeAnswer, ProbeRequest } from "../../components/probe/ask";

/** What a client sends. */
export interface SubjectRequest extends ProbeRequest {
  /** Ask by the public port, from outside. @default false */
  forwarded?: boolean;
}

/** A websocket whose messages wait until they are asked for. */
export interface SubjectSocket {
  /** Whether either side has closed it. */
  readonly closed: boolean;
  send(text: string): void;
  /** The next message. Fails when none comes in time. @param seconds 10 by default */
  next(seconds?: number): Promise<string>;
  close(): void;
}

/** A request and its answer, both as they come: parts are sent and asked for one by one. */
export interface SubjectExchange {
  /** Sends a part of the body. */
  write(part: string | Buffer): void;
  /** Says that the body is over. */
  end(): void;
  /** Status and headers of the answer. */
  head(): Promise<Omit<ProbeAnswer, "body">>;
  /** The next part of the answer, empty at its end. Fails when none comes in time. @param seconds 10 by default */
  next(seconds?: number): Promise<string>;
  /** Gives both up. */
  close(): void;
}

/** What the echo app saw of a request. */
export interface Seen {
  app: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  environment?: Record<string, string>;
}

/**
 * A site behind some web server, whichever it is: what every web server does is said once, as a behaviour in this folder, and
 * asked of each of them.
 */
export interface Subject {
  /** Port of `http://` in a browser's address. */
  readonly httpPort: number;
  /** Port of `https://` in a browser's address. */
  readonly httpsPort: number;
  /** Address of a domain in a browser, e.g. `https://www.example.com:8443`. */
  origin(domain: string): string;
  /** Sends a request with the path exactly as written. */
  request(url: string, request?: SubjectRequest): Promise<ProbeAnswer>;
}

/** One that can also be asked for what goes on: websockets, and bodies in parts. */
export interface OpenSubject extends Subject {
  /** Opens a websocket as a browser would. */
  websocket(url: string, request?: SubjectRequest): Promise<SubjectSocket>;
  /** Begins a request, whose body is not part of `request`. */
  exchange(url: string, request?: Omit<SubjectRequest, "body">): Promise<SubjectExchange>;
  /** Has the web server read its configuration anew, as after a change. */
  reload(): Promise<void>;
}
