import { Directive } from "../../../components/host/nginx/tree";
import { Place } from "../place";

/** A directive with its place, without its comment; `include`s are replaced by what they include. */
export interface PlacedDirective extends Directive {
  readonly block?: readonly PlacedDirective[];
  readonly place: Place;
}

/** The blocks whose settings nginx inherits from one another. */
export const ScopeKind = {
  Main: "main",
  Http: "http",
  Server: "server",
  Location: "location",
  /** A condition; in a location it is a location of its own for the requests that meet it. */
  If: "if",
  LimitExcept: "limit_except",
} as const;
export type ScopeKind = (typeof ScopeKind)[keyof typeof ScopeKind];

/** A block and what it stands in. `effective` says which directives hold in it. */
export interface NginxScope {
  readonly kind: ScopeKind;
  /** Arguments of the block, e.g. `["~", "\\.php$"]`. */
  readonly args: readonly string[];
  /** Its own directives. */
  readonly directives: readonly PlacedDirective[];
  readonly parent: NginxScope | null;
  readonly place: Place;
}

/** How a location is compared with a path. */
export const LocationMatch = {
  Exact: "=",
  Prefix: "prefix",
  /** A prefix after which no regular expression is tried. */
  FinalPrefix: "^~",
  Regex: "~",
  RegexIgnoringCase: "~*",
  /** Only reached from inside, e.g. `@app`. */
  Named: "@",
} as const;
export type LocationMatch = (typeof LocationMatch)[keyof typeof LocationMatch];

export interface LocationView extends NginxScope {
  readonly match: LocationMatch;
  /** Path, regular expression or name. */
  readonly pattern: string;
  /** Locations inside it, in the order of the file. */
  readonly locations: readonly LocationView[];
  /** `if` and `limit_except` blocks in it. */
  readonly conditions: readonly NginxScope[];
}

/** A `listen` directive. */
export interface ListenView {
  /** `*`, an address, or `unix:/path`. */
  readonly address: string;
  /** Null for a socket, and where a range or a variable makes it no number. */
  readonly port: number | null;
  readonly ssl: boolean;
  readonly quic: boolean;
  readonly defaultServer: boolean;
  readonly place: Place;
}

export interface ServerView extends NginxScope {
  /** As written, lower case; `[""]` when there is none. */
  readonly names: readonly string[];
  /** `*:80` when there is none, as nginx has it. */
  readonly listens: readonly ListenView[];
  /** Whether any of its listeners speaks TLS. */
  readonly tls: boolean;
  readonly locations: readonly LocationView[];
  readonly conditions: readonly NginxScope[];
}

export interface UpstreamView {
  readonly name: string;
  /** Addresses of its `server` directives, e.g. `unix:/run/app.sock` or `127.0.0.1:8000`. */
  readonly servers: readonly { readonly address: string; readonly place: Place }[];
  readonly place: Place;
}

/** nginx's configuration as one tree. */
export interface NginxView {
  /** Path of the main file. */
  readonly main: string;
  /** Whether the main file is not among the files, so that a distribution's own is assumed: what it sets is not known. */
  readonly mainAssumed: boolean;
  /** Everything, includes resolved. */
  readonly directives: readonly PlacedDirective[];
  readonly http: NginxScope | null;
  readonly servers: readonly ServerView[];
  readonly upstreams: readonly UpstreamView[];
}
