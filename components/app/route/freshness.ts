/**
 * How long browsers, and a CDN in front, may use an answer without asking again (`Cache-Control`, RFC 9111). What an app says by
 * itself counts; answers that set a cookie, and those to somebody who is logged in, are never given to a CDN.
 */
export interface Freshness {
  /** For how long browsers use it, in seconds; 0 makes them ask each time. @example 2592000 */
  seconds: number;
  /** The same for HTML pages. @default 0 for files, so that a release is seen at once; `seconds` for an app's answers */
  pageSeconds?: number;
  /** For how long a CDN uses it, in seconds (`s-maxage`). @default as long as browsers @example 86400 */
  sharedSeconds?: number;
  /** For how long it may be used on while a new one is fetched, in seconds (RFC 5861). @default not at all @example 60 */
  staleSeconds?: number;
  /** Only browsers keep it, no CDN and no proxy (`private`). @default false */
  private?: boolean;
  /** Never changes under its address, so that browsers do not even ask when a page is reloaded (RFC 8246). @default false */
  immutable?: boolean;
}
