import { apache, ApacheDirective } from "./tree";

/** Folder of the modules of Debian's package. */
const moduleFolder = "/usr/lib/apache2/modules";

/** The modules that our files always need, and no other: what is not loaded cannot be reached. */
const modules: readonly string[] = [
  "mpm_event",
  "alias",
  "authz_core",
  "authz_host",
  "deflate",
  "dir",
  "env",
  "filter",
  "headers",
  "http2",
  "mime",
  "proxy",
  "proxy_http",
  "remoteip",
  "reqtimeout",
  "rewrite",
  "setenvif",
  "socache_shmcb",
  "ssl",
  "unique_id",
];

/** Loads modules by their names, as `a2enmod` would: those that all sites need, and what these do besides. */
export function loadModules(further: readonly string[]): ApacheDirective[] {
  return [...modules, ...further].map((name) =>
    apache("LoadModule", `${name}_module`, `${moduleFolder}/mod_${name}.so`),
  );
}
