import { HttpMethod } from "./methods";

/**
 * Which pages of other origins may read the answers of a route (Fetch standard, "CORS protocol"). The web server says it, and
 * alone: headers `Access-Control-…` of the app are not passed on. Without it they are, as the app wrote them.
 */
export interface Cors {
  /** Origins as browsers write them, or `*` alone for any. @example ["https://www.example.com", "https://app.example.com:8443"] */
  origins: string[];
  /** Let them send cookies and read the answers of whoever is logged in. Never together with `*`. @default false */
  credentials?: boolean;
  /** Methods that they may use. @default `methods` of the route, else GET, HEAD and POST */
  methods?: HttpMethod[];
  /** Headers that they may send, beside those that need no leave. @default none @example ["X-Xsrftoken", "Content-Type"] */
  requestHeaders?: string[];
  /** Headers of answers that they may read, beside those that need no leave. @default none @example ["X-Total-Count"] */
  exposeHeaders?: string[];
  /**
   * Seconds for which browsers keep the leave, up to 86,400, where Firefox ends; Chromium ends at 7,200 (MDN,
   * "Access-Control-Max-Age").
   * @default 600
   */
  maxAgeSeconds?: number;
}
