/** The kinds of effect that a changed file has. */
export const Effect = {
  /** Nothing needs to be told. */
  None: "none",
  /** The units reload, without dropping a request. */
  Reload: "reload",
  /** The units restart. */
  Restart: "restart",
} as const;
export type Effect = (typeof Effect)[keyof typeof Effect];

/** What applying a changed file does. */
export interface Change {
  effect: Effect;
  /** Units that reload or restart. Empty for `none`. */
  units: string[];
}

/** A file on the host. */
export interface PlannedFile {
  path: string;
  content: string;
  /** Octal, e.g. `0644`. */
  mode: string;
  owner: string;
  group: string;
  change: Change;
}

export interface PlannedDirectory {
  path: string;
  mode: string;
  owner: string;
  group: string;
}

/** A system user, with a group of the same name, no login and no home of its own. */
export interface PlannedUser {
  name: string;
  home: string;
  /** Id of user and group, where it has to be the same on all machines; left out where the host chooses it. */
  uid?: number;
}

/** Python environment of a release. */
export interface PlannedPython {
  /** Requirements by themselves. */
  packages: string[];
  /** Path of a requirements file inside the code, or null. */
  requirements: string | null;
  /** Debian packages needed while installing. */
  buildPackages: string[];
  /** Key of the environment where it can be known before the code is on the host (see `environmentKey`), else null: the host derives it. */
  key: string | null;
}

/** Where the host finds a release's code: exactly one is not null; all null for an app that is a package by itself. */
export interface PlannedSource {
  /** SHA-256 of the tar archive `code/<digest>.tar.gz` in the store, taken before compression. */
  archive: string | null;
  git: { url: string; ref: string; directory: string } | null;
}

/** An immutable copy of an app's code and environment. */
export interface PlannedRelease {
  app: string;
  /** Names the folder: digest of source and environment. */
  digest: string;
  source: PlannedSource;
  python: PlannedPython | null;
}

export interface PlannedSecret {
  /** The app; `web.server` for the web server. */
  app: string;
  name: string;
  /** Where the host keeps the value. */
  path: string;
  /** Name of the parameter that carries the value, `secrets/<app>/<name>`. */
  parameter: string;
  generate: boolean;
  /** Unit that restarts with another value. @default that of the app */
  unit?: string;
}

/** A certificate that the web server uses. A self-signed placeholder stands in until a real one is there. */
export interface PlannedCertificate {
  domain: string;
  /** Further names that it is for, sorted. Left out when there are none. */
  names?: string[];
  /** Folder with `fullchain.pem` and `privkey.pem`. */
  folder: string;
  /** Name of the parameter that carries a JSON object `{fullchain, privkey}`, `tls/<domain>`; null when the host gets it by itself. */
  parameter: string | null;
  /** Whether the host makes it by itself and keeps it. Left out when it does not. */
  selfSigned?: boolean;
  /** Services of apps that end TLS by it themselves, and restart with another one. Left out when there are none. */
  restarts?: string[];
  /** File with the key and the chain in one, for a program that reads them so. Left out for nginx. */
  combined?: string;
}

/** The web server of a host, where it is not nginx, or what ends TLS in front of it. */
export interface PlannedWebServer {
  /** Its unit. */
  unit: string;
  /** Folder of its configuration, with a slash at the end. */
  folder: string;
  /** Name of its main file in there. */
  main: string;
  /** Command that checks a configuration; the path of a main file is put behind it. Empty where nothing can check it. */
  check: string[];
  /** Who owns the files in which it reads certificates together with their keys. Left out where it reads them apart. */
  certificateOwner?: string;
  /** Loopback port to which it hands the challenges of certificate authorities. Left out where they are answered from a folder. */
  challengePort?: number;
}

/** How a hop in front proves itself: by a header with one of the values that a parameter carries. */
export interface PlannedProof {
  header: string;
  /** Where the web server finds the values. */
  path: string;
  /** A line of that file; `%s` is one of the values. Left out for a line of a map of nginx. */
  line?: string;
  /** Name of the parameter that carries a JSON object `{current, previous}`, `proofs/<header in small letters>`. */
  parameter: string;
}

/** A way to a server elsewhere, encrypted by stunnel, with the server's certificate checked against its name. */
export interface PlannedTunnel {
  /** What stunnel reads. */
  path: string;
  /** Name of the parameter that carries the server's name in DNS. */
  parameter: string;
  /** Port on the loopback address. */
  accept: number;
  /** Port of the server. */
  port: number;
  /** Units that restart with another name. */
  units: string[];
}

/** How the host gets the certificates that it has to get by itself. */
export interface PlannedAcme {
  /** Address of the authority's directory (RFC 8555). @example letsEncrypt.production */
  directory: string;
  /**
   * Where the authority writes to about the account; null for an account without address.
   * @example "hostmaster@example.com"
   */
  email: string | null;
}

/** A Debian package that is in no archive. The host takes it only with this digest. */
export interface PlannedDownload {
  /** Name of the package. */
  package: string;
  /** Its version, for people. */
  version: string;
  url: string;
  sha256: string;
  /** The unit that it brings and that is to be running, or null. */
  unit: string | null;
}

/** A unit that is to be enabled and running. */
export interface PlannedUnit {
  name: string;
  /** The app it belongs to, or null for the host's own. */
  app: string | null;
}

/** How an app is run, as far as applying needs to know. */
export interface PlannedApp {
  name: string;
  /** Null when the web server serves its files. */
  service: string | null;
  socket: string | null;
  /** The instances behind the first. Left out for an app that runs once. */
  further?: PlannedInstance[];
}

/** An instance of an app that runs several times. */
export interface PlannedInstance {
  service: string;
  socket: string;
}

/** A question to an app through the web server, by its name but to 127.0.0.1. */
export interface PlannedWebHealth {
  host: string;
  path: string;
  status: number;
  /** Left out for 443. */
  port?: number;
  /** `http` where it is asked without TLS; left out for `https`. */
  scheme?: string;
}

/** What proves that an app works. */
export interface PlannedHealth {
  app: string;
  /** Through the web server, or by the TLS that the app ends itself; null for an app with neither. */
  web: PlannedWebHealth | null;
  /** TCP port whose greeting is read where `web` is null; null otherwise. */
  port: number | null;
  contains: string | null;
  startSeconds: number;
}

/**
 * Everything that is to be true of one host, as plain data: no Outputs, no secrets. Serialised by `canonicalJson`, named
 * by its SHA-256, applied by the apply program.
 */
export interface HostPlan {
  /** Version of this shape. */
  format: 1;
  /** Debian release that the plan is made for. */
  debian: number;
  /** Debian packages, sorted. */
  packages: string[];
  users: PlannedUser[];
  directories: PlannedDirectory[];
  files: PlannedFile[];
  releases: PlannedRelease[];
  secrets: PlannedSecret[];
  certificates: PlannedCertificate[];
  /** Left out when it is nginx. */
  web?: PlannedWebServer;
  /** What ends TLS in front of the web server. Left out where that does it itself. */
  front?: PlannedWebServer;
  /** Left out when certificates come as parameters. */
  acme?: PlannedAcme;
  /** Left out when no hop in front proves itself. */
  proofs?: PlannedProof[];
  /** Left out when no files are shared with other machines. */
  tunnel?: PlannedTunnel;
  /** Left out when there is nothing to download. */
  downloads?: PlannedDownload[];
  apps: PlannedApp[];
  units: PlannedUnit[];
  health: PlannedHealth[];
}
