/** How lines of the access log are written. */
export const LogFormat = {
  /** One JSON object a line, with the request's id and what the app took. */
  Json: "json",
  /** As most programs read it (Apache's `combined`), with the request's id, its seconds and those of the app at the end. */
  Combined: "combined",
  /** Both, in two files. */
  Both: "both",
} as const;
export type LogFormat = (typeof LogFormat)[keyof typeof LogFormat];

/** How often logs are put aside. */
export const LogPeriod = {
  /** At midnight. */
  Daily: "daily",
  /** At midnight, once a week. */
  Weekly: "weekly",
} as const;
export type LogPeriod = (typeof LogPeriod)[keyof typeof LogPeriod];

/** When logs are put aside, and how many are kept. */
export interface LogRotation {
  /** @default Daily @example LogPeriod.Weekly */
  every?: LogPeriod;
  /** How many are kept beside the one that is written, 1 to 3,650. @default 14 @example 52 */
  keep?: number;
  /** Compress those that are kept, but for the latest, to which the last lines may still be written. @default true */
  compress?: boolean;
}

/** A report of the access log by GoAccess, as a page behind a password. */
export interface TrafficReport {
  /** Domain that it is shown at, which has to be that of a route. @example "www.example.com" */
  domain: string;
  /** Path of the page, starting and ending with a slash. @default "/report/" */
  path?: string;
  /** Show what happens as it happens: the page gets new figures by a websocket. @default false: the page is made anew by a timer */
  realTime?: boolean;
  /** Minutes after which the page is made anew, 1 to 1,440. @default 15 @example 60 */
  everyMinutes?: number;
  /** Leave out what crawlers ask for, told by what they say they are. @default false */
  ignoreCrawlers?: boolean;
  /** Days of which the report keeps figures, 1 to 3,650. Longer than the logs are kept: figures outlive them. @default 90 */
  keepDays?: number;
  /** Heading of the page. @default "Traffic" @example "Traffic of example.com" */
  title?: string;
  /** Name by which one logs in: letters, digits and `.`, `_` and `-`. @default "report" @example "ops" */
  user?: string;
  /** Show the page to everybody, without a password: addresses of visitors are in it. @default false */
  open?: boolean;
}

/** What the web server of a host writes down, and for how long. */
export interface WebLogs {
  /** @default Json @example LogFormat.Combined */
  format?: LogFormat;
  /** A file for each domain, `/var/log/nginx/<domain>.access.log`. @default false: one for all, `access.log` */
  perDomain?: boolean;
  /**
   * Write what follows the question mark of addresses and of referring pages, where names, searches and tokens are. What goes
   * wrong is written to `error.log` with the whole address all the same.
   * @default true
   */
  queries?: boolean;
  /** @default daily, 14 are kept @example { every: LogPeriod.Weekly, keep: 26 } */
  rotate?: LogRotation;
  /** A report of them. @default none @example { domain: "www.example.com", realTime: true } */
  report?: TrafficReport;
}
