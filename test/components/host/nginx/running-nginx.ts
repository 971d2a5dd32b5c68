import { ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { App } from "../../../../components/app/app";
import { installRoot } from "../../../../components/app/paths";
import { Web } from "../../../../components/app/web";
import { HopChain } from "../../../../components/host/hops";
import { cacheRoot } from "../../../../components/host/nginx/cache";
import { nginxFiles } from "../../../../components/host/nginx/files";
import { parse } from "../../../../components/host/nginx/parse";
import { render } from "../../../../components/host/nginx/render";
import { Directive } from "../../../../components/host/nginx/tree";
import { acmeFolder } from "../../../../components/host/tls/challenge";
import { ended } from "../../../loopback/ended";
import { HostFolder } from "../../../loopback/host-folder";
import { freePorts, isListening } from "../../../loopback/ports";
import { guestOf, nginxProgram } from "./nginx-program";

/** Where nginx listens for the host itself, in the place of 127.0.0.1, where it listens for everybody else here. */
export const hostItself = "127.0.0.2";

/** A real nginx on the loopback address, with the files that a host would get. */
export class RunningNginx extends HostFolder {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    readonly httpPort: number,
    readonly httpsPort: number,
    private readonly shorterBy: number,
  ) {
    super("nginx");
  }

  /**
   * Starts nginx for some apps, told that its public ports are the ones it has here.
   *
   * @param written files that the host writes beside its plan, by their paths there
   * @param web what is said once for the web server
   * @param shorterBy how many times sooner than planned it closes idle connections, so that a test need not wait for minutes
   * @param web what is said once for the web server
   */
  static async start(
    apps: readonly App[],
    hops: Partial<HopChain> = {},
    written: Readonly<Record<string, string>> = {},
    shorterBy = 1,
    web: Web = {},
  ): Promise<RunningNginx> {
    const [http, https] = await freePorts(2);
    const nginx = new RunningNginx(http!, https!, shorterBy);
    for (const [path, content] of Object.entries(written)) nginx.write(path, content);
    await nginx.run(apps, hops, web);
    return nginx;
  }

  /** What a real nginx says about the files for some apps (`nginx -t`); empty when nothing is wrong. Nothing is started. */
  static check(apps: readonly App[], web: Web = {}): string {
    const nginx = new RunningNginx(80, 443, 1);
    try {
      const { program, options } = nginx.prepare(apps, {}, web);
      const { status, stderr } = spawnSync(program, ["-t", "-q", ...options], { encoding: "utf8" });
      return status === 0 || stderr !== "" ? stderr : `nginx -t ended with ${status}`;
    } finally {
      nginx.remove();
    }
  }

  /** The lines of the access log, which is written every second. */
  async accessLog(): Promise<Record<string, string>[]> {
    await pause(1200);
    return this.lines("/var/log/nginx/access.log").map((line) => JSON.parse(line) as Record<string, string>);
  }

  /** The lines of a log as they are, by its name. */
  async logLines(name: string): Promise<string[]> {
    await pause(1200);
    return this.lines(`/var/log/nginx/${name}`);
  }

  /** Has nginx open its logs anew, as after they were put aside. */
  async reopen(): Promise<void> {
    this.child?.kill("SIGUSR1");
    await pause(300);
  }

  /** Folder with nginx's files, as they are written on a host but for ports and places. */
  get configuration(): string {
    return this.place("/etc/nginx");
  }

  async reload(): Promise<void> {
    this.child?.kill("SIGHUP");
    await pause(300);
  }

  /** Stops nginx and removes everything it had. */
  async stop(): Promise<void> {
    await ended(this.child);
    this.remove();
  }

  /** Writes all that nginx needs. Returns how it is called. */
  private prepare(apps: readonly App[], hops: Partial<HopChain>, web: Web): { program: string; options: string[] } {
    const { program, mimeTypes } = nginxProgram();
    const chain = { publicHttpPort: this.httpPort, publicHttpsPort: this.httpsPort, front: [], ...hops };
    for (const file of nginxFiles(apps, chain, guestOf(program), web)) {
      const isConfiguration = file.path.endsWith(".conf");
      this.write(file.path, isConfiguration ? render(this.here(parse(file.content), mimeTypes)) : file.content);
    }
    this.addFolders("/run/landfall", "/var/log/nginx", "/var/lib/nginx", acmeFolder, cacheRoot, installRoot);
    for (const domain of new Set(apps.flatMap((app) => (app.routes ?? []).map((route) => route.domain))))
      this.addCertificate(domain);
    const configuration = join(this.configuration, "nginx.conf");
    return { program, options: ["-p", this.folder, "-e", "stderr", "-c", configuration] };
  }

  private async run(apps: readonly App[], hops: Partial<HopChain>, web: Web): Promise<void> {
    const { program, options } = this.prepare(apps, hops, web);
    execFileSync(program, ["-t", "-q", ...options], { stdio: "pipe" });
    this.child = spawn(program, [...options, "-g", "daemon off;"], { stdio: ["ignore", "ignore", "pipe"] });
    this.child.stderr?.on("data", (text) => (this.said += String(text)));
    for (let tries = 0; tries < 100; tries++) {
      if (this.child.exitCode !== null) break;
      if (await isListening(this.httpsPort)) return;
      await pause(20);
    }
    throw new Error(`nginx does not start: ${this.said}`);
  }

  /** The same directives with this computer's ports, and everything below our own folder. */
  private here(directives: readonly Directive[], mimeTypes: string): Directive[] {
    return directives
      .filter(({ name, args }) => !(name === "include" && args[0]?.includes("modules-enabled")))
      .map(({ name, args, block }) => ({
        name,
        args: args.map((word, i) => {
          if (word === "/etc/nginx/mime.types") return mimeTypes;
          if (name === "listen" && i === 0) return this.port(word);
          if (name === "keepalive_timeout") return `${(Number.parseInt(word) * 1000) / this.shorterBy}ms`;
          if (name === "proxy_pass") return word.replace("127.0.0.1:443", `127.0.0.1:${this.httpsPort}`);
          // Each worker keeps connections of its own, so that they could not be counted.
          if (name === "worker_processes") return "1";
          return name !== "location" && /^(?:unix:|from=)?\/(?:etc(?!\/ssl)|run|var|opt|srv)\//.test(word)
            ? this.moved(word)
            : word;
        }),
        ...(block ? { block: [...(name === "http" ? this.temporary() : []), ...this.here(block, mimeTypes)] } : {}),
      }));
  }

  /** Debian's nginx keeps request bodies and answers in /var/lib/nginx, which only installing it makes. */
  private temporary(): Directive[] {
    return ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((part) => ({
      name: `${part}_temp_path`,
      args: [this.place(`/var/lib/nginx/${part}`)],
    }));
  }

  private port(word: string): string {
    const port = word.endsWith("443") ? this.httpsPort : this.httpPort;
    if (word.startsWith("127.0.0.1:")) return `${hostItself}:${port}`;
    return word.startsWith("[") ? `[::1]:${port}` : `127.0.0.1:${port}`;
  }

  private moved(word: string): string {
    const [, kind = "", path = ""] = /^(unix:|from=)?(.*)$/s.exec(word) ?? [];
    return kind + this.place(path);
  }
}
