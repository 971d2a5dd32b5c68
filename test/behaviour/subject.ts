import type { ProbeAnswer, ProbeRequest } from "../../components/probe/ask";

/** What a client sends. */
export interface SubjectRequest extends ProbeRequest {
  /** Ask by the public port, from outside. @default false */
  forwarded?: boolean;
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
