import { Cache } from "./cache";
import type { Cors } from "./cors";
import { Files } from "./files";
import { Freshness } from "./freshness";
import type { Limits } from "./limits";
import type { HttpMethod } from "./methods";
import type { Security } from "./security";

/** How a route's requests are answered. */
export const ServeBy = {
  /** The web server hands them to the app. */
  Proxy: "proxy",
  /** The web server answers from files. */
  Files: "files",
  /** The web server answers GET and HEAD from a file where there is one; everything else it hands to the app. */
  FilesFirst: "files-first",
} as const;
export type ServeBy = (typeof ServeBy)[keyof typeof ServeBy];

/** One address the app answers at. */
export interface Route {
  /**
   * Host name, e.g. `www.example.com`; or `*.example.com` or `ws.*`, for every host name that another route of the host has
   * written out and that fits: `*` is one label or more. Where a host name has a route of its own at the same path, that one
   * answers.
   */
  domain: string;
  /** Path prefix, starting and ending with a slash. Of two that fit, the longer one answers. @default "/" */
  path?: string;
  /**
   * A regular expression in place of `path`, held against the beginning of the path, decoded and without its query: `/api/v\d`
   * is for `/api/v2/users`, `/v2$` for nothing but `/v2`. Patterns are asked before prefixes, in the order in which they are
   * written, apps first to last; a bare prefix (`/app` for `/app/`) is sent to its slash before that. Only what web servers
   * read alike, and can be tried in one way or few, is taken: letters, `.`, classes, groups, `|`, repeats, `$` at the end.
   * @default none
   * @example "/dataserver2?|/.*\/Search/"
   */
  pattern?: string;
  /** Take the prefix off before the app sees the path, and put it back on redirects and cookies. @default false */
  stripPrefix?: boolean;
  /** Allow websockets, with the long timeouts they need. @default false */
  websocket?: boolean;
  /**
   * Answers that go on, such as server-sent events: what the app writes is passed on at once, and it may be silent for as
   * long as a websocket.
   * @default false
   */
  stream?: boolean;
  /**
   * Take a request body in as a whole before the app sees it, so that a slow client does not hold it up. Without, the app
   * reads as the client sends.
   * @default true
   */
  bufferRequests?: boolean;
  /**
   * Take answers off the app as fast as it writes them, so that a slow client does not hold it up. Without, what it writes is
   * passed on at once.
   * @default true, false with stream
   */
  bufferAnswers?: boolean;
  /** @default Proxy */
  serve?: ServeBy;
  /** Folder that is served, with `serve: Files` or `FilesFirst`. @default the release's root @example "public" */
  directory?: string;
  /** How files are found, with `serve: Files` or `FilesFirst`. @default in the release @example { from: "data" } */
  files?: Files;
  /** How long browsers and a CDN may use answers. @default what the app says; files up to a week @example { seconds: 2592000 } */
  freshness?: Freshness;
  /** Keep the app's answers in the web server. @default every request is the app's @example { keep: [{ statuses: [200], seconds: 60 }] } */
  cache?: Cache;
  /**
   * Compress answers on the way. Not for pages that show a secret beside what a stranger made the browser send: its length
   * tells the secret, bit by bit (BREACH).
   * @default true
   */
  compress?: boolean;
  /** Largest request body, in MiB. @default 10 */
  maxBodyMiB?: number;
  /**
   * Longest silence of the app before the web server answers 504 (httpd 502), in seconds. Below the 60 s of an AWS balancer.
   * @default 55, 3600 for websockets and streams
   */
  readTimeoutSeconds?: number;
  /** Headers for browsers, and files that are kept back. @default the usual headers, all files */
  security?: Security;
  /** Pages of other origins that may read the answers. @default what the app says by itself */
  cors?: Cors;
  /** How much one client may ask. @default no limit @example { requestsPerMinute: 10 } */
  limits?: Limits;
  /** Methods that are answered, HEAD wherever GET is; others are refused with 405. @default all @example ["GET", "POST"] */
  methods?: HttpMethod[];
}
