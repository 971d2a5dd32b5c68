import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { guest, type Guest } from "../../../../components/host/guest";

/** A real nginx, without a service of it on this computer. */
export interface NginxProgram {
  program: string;
  mimeTypes: string;
}

/**
 * The nginx of this computer, else one taken out of Debian's package into the cache: installing the package would start
 * a service on port 80.
 *
 * @param installed where Debian's package has it
 */
export function nginxProgram(installed = "/usr/sbin/nginx"): NginxProgram {
  if (existsSync(installed)) return { program: installed, mimeTypes: "/etc/nginx/mime.types" };
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", "nginx");
  if (!existsSync(cache)) unpack(cache);
  return { program: join(cache, "usr/sbin/nginx"), mimeTypes: join(cache, "etc/nginx/mime.types") };
}

/** A guest with the versions that a program of nginx has, so that tests give it what it understands. */
export function guestOf(program: string): Guest {
  const said = spawnSync(program, ["-V"], { encoding: "utf8" }).stderr;
  const [, nginx] = /nginx\/(\d+\.\d+\.\d+)/.exec(said) ?? [];
  const [, openssl] = /OpenSSL (\d+\.\d+)/.exec(said) ?? [];
  if (!nginx || !openssl) throw new Error(`"${program} -V" does not tell its version and OpenSSL's: ${said}`);
  return { ...guest(12), nginx, openssl };
}

function unpack(cache: string): void {
  mkdirSync(join(cache, ".."), { recursive: true });
  const partial = mkdtempSync(`${cache}-`);
  try {
    download(partial);
    const packages = readdirSync(partial);
    for (const file of packages) run("dpkg-deb", ["-x", file, "."], partial);
    for (const file of packages) rmSync(join(partial, file));
    renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (existsSync(cache)) return; // another run was faster
    throw new Error(
      'these tests need the program nginx, and Debian\'s package of it cannot be fetched; make "apt-get update" and ' +
        `"apt-get download nginx nginx-common" work, or install nginx:\n${reason(error)}`,
    );
  }
}

/** Fetches the packages into a folder. A computer whose package lists are missing or old gets new ones first. */
function download(folder: string): void {
  // apt fetches as a user of its own, and has to be let in; as root it warns about it otherwise.
  const words = ["-q", "-o", "APT::Sandbox::User=root", "download", "nginx", "nginx-common"];
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
