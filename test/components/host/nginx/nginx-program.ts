import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A real nginx, without a service of it on this computer. */
export interface NginxProgram {
  program: string;
  mimeTypes: string;
}

/**
 * Finds nginx on PATH, else takes it out of Debian's package into the cache: installing the package would start a
 * service on port 80.
 */
export function nginxProgram(): NginxProgram {
  const installed = "/usr/sbin/nginx";
  if (existsSync(installed)) return { program: installed, mimeTypes: "/etc/nginx/mime.types" };
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", "nginx");
  if (!existsSync(cache)) unpack(cache);
  return { program: join(cache, "usr/sbin/nginx"), mimeTypes: join(cache, "etc/nginx/mime.types") };
}

function unpack(cache: string): void {
  mkdirSync(join(cache, ".."), { recursive: true });
  const partial = mkdtempSync(`${cache}-`);
  try {
    execFileSync("apt-get", ["download", "nginx", "nginx-common"], { cwd: partial, stdio: "pipe" });
    for (const file of readdirSync(partial))
      execFileSync("dpkg-deb", ["-x", file, "."], { cwd: partial, stdio: "pipe" });
    renameSync(partial, cache);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(`these tests need nginx: install it, or make "apt-get download nginx" work (${String(error)})`);
  }
}
