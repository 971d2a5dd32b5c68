/** For how long answers with some statuses are kept. */
export interface CacheTime {
  /** The statuses. @example [200, 301] */
  statuses: number[];
  /** The time, in seconds. @example 600 */
  seconds: number;
}

/**
 * The web server keeps what the app answers to GET and HEAD, and answers by itself as long as it is fresh. Never kept are answers
 * that set a cookie, or that are `private`, `no-store` or `no-cache`, and everything for somebody who is logged in: requests with
 * an `Authorization` or a cookie of `loginCookies`. Root of the host forgets what is kept by `landfall-cache purge URL` and
 * `landfall-cache purge --all`; nothing of it can be reached from outside.
 */
export interface Cache {
  /**
   * Name of a zone of `Web.caches`, which bounds what is kept.
   * @default a zone of the app's own, as large as a `CacheZone` is by default
   * @example "pages"
   */
  zone?: string;
  /**
   * How long answers are kept that do not say so themselves by `Cache-Control` or `Expires`.
   * @default such answers are not kept
   * @example [{ statuses: [200, 301], seconds: 600 }, { statuses: [404], seconds: 60 }]
   */
  keep?: CacheTime[];
  /**
   * Cookies that tell that somebody is logged in. Requests with one of them go to the app. Other cookies are withheld from the app
   * then, where an answer may be kept: nobody is to get what was made for another's cookies.
   * @default any cookie at all
   * @example ["sessionid"]
   */
  loginCookies?: string[];
  /**
   * Answer with what is kept though it is no longer fresh: while a new answer is fetched behind the scenes, and as long as the app
   * does not answer, or answers 502, 503 or 504.
   * @default true
   */
  stale?: boolean;
}

/** A part of the disk where answers are kept, which several routes may share. No route gets what was kept for another app. */
export interface CacheZone {
  /** Lower case letters, digits and hyphens, at most 24 characters. @example "pages" */
  name: string;
  /** Memory for the keys, in MiB; one has room for about 8,000 answers (nginx's documentation of `keys_zone`). @default 10 */
  keysMiB?: number;
  /** Most that is kept on disk, in MiB; what was not asked for the longest goes first. @default 1024 */
  maxMiB?: number;
  /** What nobody asks for goes after this time, fresh or not, in seconds. @default 864000, 10 days */
  inactiveSeconds?: number;
}
