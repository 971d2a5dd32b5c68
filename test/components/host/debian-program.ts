import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A program of Debian, without a service of it on this computer. */
export interface DebianProgram {
  program: string;
  env: NodeJS.ProcessEnv;
}

/** Debian's Apache httpd, without a service of it on this computer. */
export interface ApacheProgram extends DebianProgram {
  modules: string;
}

/** Debian's HAProxy, hitch and stunnel, without services of theirs on this computer. */
export interface FrontPrograms {
  haproxy: string;
  hitch: string;
  stunnel: string;
  env: NodeJS.ProcessEnv;
}

/** Packages of programs in front, and what of theirs a computer without them may not have. */
const fronts = [
  ...["haproxy", "hitch", "stunnel4"],
  ...["libev4", "liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1", "libpcre2-8-0", "libwrap0"],
];

/** GoAccess, as it reads the access log. */
export const goAccessProgram = (): DebianProgram =>
  debianProgram("debian-goaccess", ["goaccess", "libmaxminddb0", "libncursesw6"], "usr/bin/goaccess");

/** logrotate, as it puts logs aside. */
export const logrotateProgram = (): DebianProgram =>
  debianProgram("debian-logrotate", ["logrotate", "libpopt0"], "usr/sbin/logrotate");

/** Caddy, as a client may have it. */
export const caddyProgram = (): DebianProgram => debianProgram("debian-caddy", ["caddy"], "usr/bin/caddy");

/** httpd, as a host or a client has it. */
export function apacheProgram(): ApacheProgram {
  const folder = debianFolder("apache", ["apache2-bin", "libapr1", "libaprutil1"]);
  return {
    program: join(folder, "usr/sbin/apache2"),
    modules: join(folder, "usr/lib/apache2/modules"),
    env: librariesOf(folder),
  };
}

/** What stands in front of a web server on the same host. */
export function frontPrograms(): FrontPrograms {
  const folder = debianFolder("front-programs", fronts);
  return {
    haproxy: join(folder, "usr/sbin/haproxy"),
    hitch: join(folder, "usr/sbin/hitch"),
    stunnel: join(folder, "usr/bin/stunnel4"),
    env: librariesOf(folder),
  };
}

/** A program of Debian's packages, with those of its libraries that a computer may not have. */
function debianProgram(name: string, packages: readonly string[], path: string): DebianProgram {
  const folder = debianFolder(name, packages);
  return { program: join(folder, path), env: librariesOf(folder) };
}

/** The environment in which programs find the libraries that lie beside them. */
function librariesOf(folder: string): NodeJS.ProcessEnv {
  const libraries = ["usr/lib", "lib"]
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((name) => join(path, name)))
    .filter((path) => path.endsWith("-linux-gnu"));
  return { ...process.env, LD_LIBRARY_PATH: libraries.join(":") };
}

/**
 * Folder in the cache with what Debian's packages bring: installing them would start services, e.g. on port 80.
 *
 * @param name the folder's
 * @param instead what else helps where they cannot be fetched, e.g. "or install nginx". @default nothing
 */
export function debianFolder(name: string, packages: readonly string[], instead = ""): string {
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", name);
  if (!existsSync(folder)) unpack(folder, packages, instead);
  return folder;
}

function unpack(cache: string, packages: readonly string[], instead: string): void {
  mkdirSync(join(cache, ".."), { recursive: true });
  const partial = mkdtempSync(`${cache}-`);
  try {
    download(partial, packages);
    const files = readdirSync(partial);
    for (const file of files) run("dpkg-deb", ["-x", file, "."], partial);
    for (const file of files) rmSync(join(partial, file));
    renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (existsSync(cache)) return; // another run was faster
    throw new Error(
      `these tests need what is in Debian's packages ${packages.join(", ")}, which cannot be fetched; make ` +
        `"apt-get update" and "apt-get download ${packages.join(" ")}" work${instead && `, ${instead}`}:\n${reason(error)}`,
    );
  }
}

/** Fetches packages into a folder. A computer whose package lists are missing or old gets new ones first. */
function download(folder: string, packages: readonly string[]): void {
  // apt fetches as a user of its own, and has to be let in; as root it warns about it otherwise.
  const words = ["-q", "-o", "APT::Sandbox::User=root", "download", ...packages];
  try {
    run("apt-get", words, folder);
  } catch (first) {
    const [program, ...before] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
    try {
      run(program!, [...before, "-q", "-o", "DPkg::Lock::Timeout=120", "update"], folder);
    } catch (error) {
      throw new Error(`${reason(first)}\nand new package lists cannot be had: ${reason(error)}`);
    }
    run("apt-get", words, folder);
  }
}

function run(program: string, args: readonly string[], folder: string): void {
  execFileSync(program, args, { cwd: folder, stdio: "pipe" });
}

/** The message of a failed command has all that it said on standard error. */
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim();
