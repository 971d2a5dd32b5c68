/** What is said to browsers, and which files are kept back, where a route says nothing else. */
export const SecurityPreset = {
  /** Headers that are safe for any app: nosniff, X-Frame-Options, Referrer-Policy, Permissions-Policy. */
  Usual: "usual",
  /** What Gramex's `deploy.yaml` does for Gramex, for any app: only content files, X-XSS-Protection, and the usual headers. */
  Gramex: "gramex",
  /**
   * Pages load only what is their own, and nobody shows them in a frame or reads them from another origin. For sites that
   * are written for it: inline scripts and styles do not run.
   */
  Strict: "strict",
} as const;
export type SecurityPreset = (typeof SecurityPreset)[keyof typeof SecurityPreset];

/** Which files of a route are answered, told by the names in its paths. */
export const ServedFiles = {
  /** All of them, but for what the web server always keeps back. */
  Any: "any",
  /**
   * Documents, images, media, fonts and front-end files, as in Gramex's `deploy.yaml`. Paths whose last name has no dot are
   * no files, and are left to the app.
   */
  Content: "content",
} as const;
export type ServedFiles = (typeof ServedFiles)[keyof typeof ServedFiles];

/** `X-XSS-Protection`, for browsers that still have the filter. Current ones do not (MDN, "X-XSS-Protection"). */
export const XssProtection = {
  /** Turned off, as OWASP advises where it is said at all. */
  Off: "0",
  /** Turned on, as Gramex's `deploy.yaml` says. */
  Filter: "1",
  /** Turned on, and the page is not shown. */
  Block: "1; mode=block",
} as const;
export type XssProtection = (typeof XssProtection)[keyof typeof XssProtection];

/** What links and requests tell of the page that they are on. Only the choices that tell other sites no path. */
export const ReferrerPolicy = {
  /** Nothing. Forms that are checked by their `Referer`, as Django's are, are refused then. */
  NoReferrer: "no-referrer",
  /** The whole address to oneself, nothing to others. */
  SameOrigin: "same-origin",
  /** The origin alone, to everybody. */
  StrictOrigin: "strict-origin",
  /** The whole address to oneself, the origin alone to others. */
  StrictOriginWhenCrossOrigin: "strict-origin-when-cross-origin",
} as const;
export type ReferrerPolicy = (typeof ReferrerPolicy)[keyof typeof ReferrerPolicy];

/** Whose pages may embed answers of a route: `Cross-Origin-Resource-Policy`. */
export const ResourcePolicy = {
  /** Pages of the same origin. */
  SameOrigin: "same-origin",
  /** Pages of the same site: the domain that was registered, and all names below it. */
  SameSite: "same-site",
  /** All pages. */
  CrossOrigin: "cross-origin",
} as const;
export type ResourcePolicy = (typeof ResourcePolicy)[keyof typeof ResourcePolicy];

/** `Server` of the answers. */
export const ServerHeader = {
  /** The web server's name, without its version; the app's is not passed on. */
  WebServer: "web-server",
  /** The app's own (nginx's `proxy_pass_header Server`). */
  App: "app",
} as const;
export type ServerHeader = (typeof ServerHeader)[keyof typeof ServerHeader];

/** A content security policy. */
export interface ContentSecurityPolicy {
  /**
   * Sources by directive, in the words of CSP. What is not named is as in the preset `Strict`: the route's own origin for
   * scripts, styles, images, fonts, media and connections, nothing else.
   * @default those of the preset `Strict`
   * @example { "script-src": "'self' https://cdn.example.com" }
   */
  directives?: Record<string, string>;
  /** Whether browsers keep to it, or only say what would break it. @default true with the preset `Strict`, else false */
  enforce?: boolean;
  /** Where browsers tell what broke it: a path or an `https` address. @default nowhere @example "/csp-report" */
  reportUri?: string;
}

/** `Strict-Transport-Security`: browsers never ask this name without TLS again, for as long as it says. */
export interface StrictTransport {
  /** Seconds, 0 to forget it, up to 63,072,000. @default 63072000, two years, as Mozilla's guideline 6.0 has it */
  seconds?: number;
  /** The same for every name below this one, those on other servers included. @default false */
  includeSubDomains?: boolean;
  /**
   * Ask for a place in the list that browsers come with. It takes months to get out of it. Needs `includeSubDomains`, a year
   * at least, and the domain itself, not a name below it (hstspreload.org, "Submission Requirements").
   * @default false
   */
  preload?: boolean;
}

/**
 * What is said to browsers with each answer of a route, errors included, and which files are kept back. What a preset says
 * gives way to the app's own header; what the route says by a property of its own replaces it.
 */
export interface Security {
  /** @default Usual */
  preset?: SecurityPreset;
  /** Which files are answered. @default Content with the preset `Gramex`, else Any */
  files?: ServedFiles;
  /**
   * Files that are answered beside the content files, by name; `*` and `?` stand for anything.
   * @default none
   * @example ["data.csv", "*.xlsx"]
   */
  allow?: string[];
  /**
   * Who may show the pages in a frame: `self`, origins, or `*` alone for anybody; an empty list is nobody.
   * @default ["self"], with the preset `Strict` nobody
   * @example ["self", "https://intranet.example.com"]
   */
  framedBy?: string[];
  /** @default not said, with the preset `Gramex` Filter */
  xssProtection?: XssProtection;
  /** @default StrictOriginWhenCrossOrigin, with the preset `Strict` SameOrigin */
  referrerPolicy?: ReferrerPolicy;
  /**
   * Who may use features of the browser: `self`, origins and `*` with spaces between, nobody when empty. What is not named is
   * as in the preset.
   * @default nobody may use camera, geolocation, microphone, payment, usb and browsing-topics; more with the preset `Strict`
   * @example { camera: "self" }
   */
  permissionsPolicy?: Record<string, string>;
  /** @default none, with the preset `Strict` its own, enforced */
  contentSecurityPolicy?: ContentSecurityPolicy;
  /** @default not said, with the preset `Strict` SameOrigin */
  resourcePolicy?: ResourcePolicy;
  /** One for all routes of a domain. @default two years, without the names below */
  strictTransport?: StrictTransport;
  /** @default WebServer */
  server?: ServerHeader;
}

/** Whether only content files of a route are answered. */
export function contentOnly({ preset, files }: Security): boolean {
  return (files ?? (preset === SecurityPreset.Gramex ? ServedFiles.Content : ServedFiles.Any)) === ServedFiles.Content;
}
