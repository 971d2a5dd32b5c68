import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Debian's Apache httpd, without a service of it on this computer. */
export interface ApacheProgram {
  program: string;
  modules: string;
  env: NodeJS.ProcessEnv;
}

/** What of Debian's packages the program needs and a computer without it may not have. */
const packages = ["apache2-bin", "libapr1", "libaprutil1"];

/** The httpd taken out of Debian's packages into the cache: installing them would start a service on port 80. */
export function apacheProgram(): ApacheProgram {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", "apache");
  if (!existsSync(cache)) unpack(cache);
  const [architecture = ""] = readdirSync(join(cache, "usr/lib")).filter((name) => name.endsWith("-linux-gnu"));
  return {
    program: join(cache, "usr/sbin/apache2"),
    modules: join(cache, "usr/lib/apache2/modules"),
    env: { ...process.env, LD_LIBRARY_PATH: join(cache, "usr/lib", architecture) },
  };
}

function unpack(cache: string): void {
  mkdirSync(join(cache, ".."), { recursive: true });
  const partial = mkdtempSync(`${cache}-`);
  const run = (program: string, ...args: string[]): void =>
    void execFileSync(program, args, { cwd: partial, stdio: "pipe" });
  const download = (): void => run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", ...packages);
  try {
    try {
      download();
    } catch {
      run(...((process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"]) as [string]), "-q", "update");
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
