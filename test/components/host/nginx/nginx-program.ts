import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { guest, type Guest } from "../../../../components/host/guest";
import { debianFolder } from "../debian-program";

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
  const folder = debianFolder("nginx", ["nginx", "nginx-common"], "or install nginx");
  return { program: join(folder, "usr/sbin/nginx"), mimeTypes: join(folder, "etc/nginx/mime.types") };
}

/** A guest with the versions that a program of nginx has, so that tests give it what it understands. */
export function guestOf(program: string): Guest {
  const said = spawnSync(program, ["-V"], { encoding: "utf8" }).stderr;
  const [, nginx] = /nginx\/(\d+\.\d+\.\d+)/.exec(said) ?? [];
  const [, openssl] = /OpenSSL (\d+\.\d+)/.exec(said) ?? [];
  if (!nginx || !openssl) throw new Error(`"${program} -V" does not tell its version and OpenSSL's: ${said}`);
  return { ...guest(12), nginx, openssl };
}
