import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A program of Debian, without a service of it on this computer. */
export interface DebianProgram {
  program: string;
  env: NodeJS.ProcessEnv;
}

/** GoAccess, as it reads the access log. */
export const goAccessProgram = (): DebianProgram =>
  debianProgram("goaccess", ["goaccess", "libmaxminddb0", "libncursesw6"], "usr/bin/goaccess");

/** logrotate, as it puts logs aside. */
export const logrotateProgram = (): DebianProgram =>
  debianProgram("logrotate", ["logrotate", "libpopt0"], "usr/sbin/logrotate");

/** Caddy, as a client may have it. */
export const caddyProgram = (): DebianProgram => debianProgram("caddy", ["caddy"], "usr/bin/caddy");

/** A program taken out of Debian's packages into the cache, with those of its libraries that a computer may not have. */
function debianProgram(name: string, packages: readonly string[], path: string): DebianProgram {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", `debian-${name}`);
  if (!existsSync(cache)) unpack(cache, packages);
  const libraries = existsSync(join(cache, "usr/lib"))
    ? readdirSync(join(cache, "usr/lib")).filter((folder) => folder.endsWith("-linux-gnu"))
    : [];
  return {
    program: join(cache, path),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.map((folder) => join(cache, "usr/lib", folder)).join(":") },
  };
}

function unpack(cache: string, packages: readonly string[]): void {
  mkdirSync(join(cache, ".."), { recursive: true });
  const partial = mkdtempSync(`${cache}-`);
  const run = (program: string, ...args: string[]): void =>
    void execFileSync(program, args, { cwd: partial, stdio: "pipe" });
  // apt fetches as a user of its own, and has to be let in.
  const download = (): void => run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", ...packages);
  try {
    try {
      download();
    } catch {
      const [program, ...before] = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
      run(program!, ...before, "-q", "-o", "DPkg::Lock::Timeout=120", "update");
      download();
    }
    const files = readdirSync(partial);
    for (const file of files) run("dpkg-deb", "-x", file, ".");
    for (const file of files) rmSync(join(partial, file));
    renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (existsSync(cache)) return; // another run was faster
    throw error;
  }
}
