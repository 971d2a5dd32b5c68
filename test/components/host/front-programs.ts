import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Debian's HAProxy, hitch and stunnel, without services of theirs on this computer. */
export interface FrontPrograms {
  haproxy: string;
  hitch: string;
  stunnel: string;
  env: NodeJS.ProcessEnv;
}

/** The packages, and what of theirs a computer without them may not have. */
const packages = [
  ...["haproxy", "hitch", "stunnel4"],
  ...["libev4", "liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1", "libpcre2-8-0", "libwrap0"],
];

/** The programs taken out of Debian's packages into the cache: installing them would start services on ports 80 and 443. */
export function frontPrograms(): FrontPrograms {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", "front-programs");
  if (!existsSync(cache)) unpack(cache);
  const libraries = ["usr/lib", "lib"].flatMap((folder) =>
    existsSync(join(cache, folder))
      ? readdirSync(join(cache, folder))
          .filter((name) => name.endsWith("-linux-gnu"))
          .map((name) => join(cache, folder, name))
      : [],
  );
  return {
    haproxy: join(cache, "usr/sbin/haproxy"),
    hitch: join(cache, "usr/sbin/hitch"),
    stunnel: join(cache, "usr/bin/stunnel4"),
    env: { ...process.env, LD_LIBRARY_PATH: libraries.join(":") },
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
