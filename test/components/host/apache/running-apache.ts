import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../../components/app/app";
import type { Web } from "../../../../components/app/web";
import { installRoot } from "../../../../components/app/paths";
import { strangersName } from "../../../../components/host/apache/default-site";
import { apacheFiles } from "../../../../components/host/apache/files";
import { hasFiles } from "../../../../components/host/apache/route";
import { guest } from "../../../../components/host/guest";
import type { HopChain } from "../../../../components/host/hops";
import { servedFolder } from "../../../../components/host/served-folder";
import { acmeFolder } from "../../../../components/host/tls/challenge";
import { ended } from "../../../loopback/ended";
import { HostFolder } from "../../../loopback/host-folder";
import { freePorts, isListening } from "../../../loopback/ports";
import { apacheProgram } from "../debian-program";

/** A real httpd on the loopback address, with the files that a host would get. */
export class RunningApache extends HostFolder {
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(
    readonly httpPort: number,
    readonly httpsPort: number,
  ) {
    super("apache");
  }

  /**
   * Starts httpd for some apps, told that its public ports are the ones it has here.
   *
   * @param written files that the host writes beside its plan, by their paths there
   */
  static async start(
    apps: readonly App[],
    hops: Partial<HopChain> = {},
    written: Readonly<Record<string, string>> = {},
    web: Web = {},
  ): Promise<RunningApache> {
    const [http, https] = await freePorts(2);
    const apache = new RunningApache(http!, https!);
    try {
      for (const [path, content] of Object.entries(written)) apache.write(path, content);
      await apache.run(apps, hops, web);
    } catch (error) {
      await apache.stop();
      throw error;
    }
    return apache;
  }

  /**
   * What `apache2 -t` says of the files for some apps; empty when it has nothing to say.
   *
   * @param hops what stands in front of httpd. @default nothing
   */
  static check(apps: readonly App[], hops: Partial<HopChain> = {}): string {
    const apache = new RunningApache(8080, 8443);
    try {
      apache.prepare(apps, hops);
      return apache.test();
    } finally {
      apache.remove();
    }
  }

  /** The lines of the access log. */
  accessLog(): Record<string, string>[] {
    return this.logLines("access.log").map((line) => JSON.parse(line) as Record<string, string>);
  }

  /** The lines of one of the files of logs. */
  logLines(name: string): string[] {
    return this.lines(`/var/log/apache2/${name}`);
  }

  /** What httpd has to complain about. */
  get errorLog(): string {
    const file = "/var/log/apache2/error.log";
    return existsSync(this.place(file)) ? this.read(file) : "";
  }

  async reload(): Promise<void> {
    this.child?.kill("SIGUSR1");
    await pause(500);
  }

  /** Stops httpd and removes everything it had. */
  async stop(): Promise<void> {
    await ended(this.child);
    this.remove();
  }

  private async run(apps: readonly App[], hops: Partial<HopChain>, web: Web): Promise<void> {
    this.prepare(apps, hops, web);
    this.test();
    const { program, env } = apacheProgram();
    const options = ["-DFOREGROUND", "-f", this.place("/etc/apache2/apache2.conf")];
    this.child = spawn(program, options, { stdio: ["ignore", "ignore", "pipe"], env });
    this.child.stderr?.on("data", (text) => (this.said += String(text)));
    for (let tries = 0; tries < 200 && this.child.exitCode === null; tries++) {
      // It listens before it knows what a signal means.
      if (this.errorLog.includes("resuming normal operations") && (await isListening(this.httpsPort))) return;
      await pause(20);
    }
    throw new Error(`httpd does not start: ${this.said}${this.errorLog}`);
  }

  private test(): string {
    const { program, env } = apacheProgram();
    const options = ["-t", "-f", this.place("/etc/apache2/apache2.conf")];
    const text = `"$0" "$@" 2>&1 || { echo "refused"; }`;
    const said = execFileSync("sh", ["-c", text, program, ...options], { env, encoding: "utf8" });
    if (said.includes("refused")) throw new Error(`httpd refuses its files: ${said}`);
    return said.replace("Syntax OK\n", "");
  }

  private prepare(apps: readonly App[], hops: Partial<HopChain>, web: Web = {}): void {
    const chain = { publicHttpPort: this.httpPort, publicHttpsPort: this.httpsPort, front: [], ...hops };
    for (const file of apacheFiles(apps, chain, guest(12), web)) this.write(file.path, this.here(file.content));
    this.addFolders("/run/landfall", "/run/apache2", "/var/log/apache2", acmeFolder, installRoot);
    for (const app of apps)
      for (const route of app.routes ?? []) if (hasFiles({ app, route })) this.addFolders(servedFolder(app, route));
    const domains = apps.flatMap((app) => (app.routes ?? []).map((route) => route.domain));
    for (const domain of new Set([strangersName, ...domains])) {
      this.addCertificate(domain);
    }
  }

  /** The same text with this computer's ports, and everything below our own folder. */
  private here(text: string): string {
    const { modules } = apacheProgram();
    return text
      .replaceAll("/usr/lib/apache2/modules", modules)
      .replace(/(?<=[\s":!^])\/(?:etc\/(?:apache2|landfall)|run|var|opt|srv)(?=\/|\s|$)/gm, (path) => this.place(path))
      .replace(
        /^(\s*)Listen (80|443)$/gm,
        (_, indent, port) => `${indent}Listen 127.0.0.1:${this.port(port as string)}`,
      )
      .replace(/(?<=127\.0\.0\.1:)(80|443)\b/g, (port) => String(this.port(port)))
      .replace(/<VirtualHost "\*:(80|443)">/g, (_, port) => `<VirtualHost 127.0.0.1:${this.port(port as string)}>`)
      .replace(/^(?:User|Group) www-data\n/gm, (line) => (process.getuid?.() === 0 ? line : ""));
  }

  private port(port: string): number {
    return port === "443" ? this.httpsPort : this.httpPort;
  }
}
