import { ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { App } from "../../../../components/app/app";
import { Web } from "../../../../components/app/web";
import { guest } from "../../../../components/host/guest";
import { challengePort } from "../../../../components/host/haproxy/challenges";
import { haproxyFiles } from "../../../../components/host/haproxy/files";
import { HopChain } from "../../../../components/host/hops";
import { literalDomains } from "../../../../components/app/route/domains";
import { usualPorts } from "../../../../components/host/names";
import { ownSocketPath } from "../../../../components/host/systemd/own-socket";
import { combinedFile } from "../../../../components/host/tls/combined";
import { ended } from "../../../loopback/ended";
import { freePorts } from "../../../loopback/ports";
import { keyAndCertificate, selfSigned } from "../../../loopback/self-signed";
import { frontPrograms } from "../debian-program";
import { ask, LoopbackServer } from "../nginx/client";

/** A real HAProxy on the loopback address, with the files that a host would get. */
export class RunningHaproxy implements LoopbackServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "landfall-haproxy-"));
  private child: ChildProcess | undefined;
  private said = "";
  private logged = "";

  private constructor(
    readonly httpPort: number,
    readonly httpsPort: number,
    /** Where it hands challenges of certificate authorities. */
    readonly challengePort: number,
  ) {
    chmodSync(this.folder, 0o755);
  }

  /**
   * @param changed changes the text of its configuration, e.g. to shorten what a test would wait for
   * @param web what is said once for the web server
   * @param written files that the host writes beside its plan, by their paths there
   */
  static async start(
    apps: readonly App[],
    hops: Partial<HopChain> = {},
    changed: (text: string) => string = (text) => text,
    web: Web = {},
    written: Readonly<Record<string, string>> = {},
  ): Promise<RunningHaproxy> {
    const [http, https, challenges] = await freePorts(3);
    const running = new RunningHaproxy(http!, https!, challenges!);
    for (const [path, content] of Object.entries(written)) running.write(path, content);
    await running.run(apps, hops, changed, web);
    return running;
  }

  /** Where an app's own socket is, in the place of `/run/landfall`. */
  socket(app: string): string {
    return `${this.folder}/run/landfall/${app}.sock`;
  }

  /** Where the socket is that an app makes by itself. */
  ownSocket(app: string): string {
    const path = this.folder + ownSocketPath(app);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  certificate(domain: string): string {
    return selfSigned(domain).certificate;
  }

  /** The lines of the access log. */
  accessLog(): Record<string, string>[] {
    return this.logged
      .split("\n")
      .filter((text) => text.startsWith("{"))
      .map((text) => JSON.parse(text) as Record<string, string>);
  }

  async stop(): Promise<void> {
    await ended(this.child, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(
    apps: readonly App[],
    hops: Partial<HopChain>,
    changed: (text: string) => string,
    web: Web,
  ): Promise<void> {
    const chain = { publicHttpPort: this.httpPort, publicHttpsPort: this.httpsPort, front: [], ...hops };
    for (const { path, content } of haproxyFiles(apps, chain, guest(12), web))
      this.write(path, this.here(changed(content)));
    for (const domain of literalDomains(apps)) this.write(combinedFile(domain), keyAndCertificate(domain));
    mkdirSync(`${this.folder}/run/landfall`, { recursive: true });
    const { haproxy, env } = frontPrograms();
    const words = ["-db", "-f", `${this.folder}/etc/haproxy/haproxy.cfg`];
    this.child = spawn(haproxy, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout!.on("data", (text) => (this.logged += String(text)));
    this.child.stderr!.on("data", (text) => (this.said += String(text)));
    const [domain] = literalDomains(apps);
    for (let tries = 0; tries < 200 && this.child.exitCode === null; tries++) {
      if (await ask(this, domain!, "/started", { plain: true }).then(Boolean, () => false)) return;
      await pause(50);
    }
    throw new Error(`HAProxy does not start: ${this.said}`);
  }

  private write(path: string, content: string): void {
    mkdirSync(dirname(this.folder + path), { recursive: true });
    writeFileSync(this.folder + path, content);
  }

  /** The same with this computer's ports, and everything below our own folder. */
  private here(text: string): string {
    return text
      .replace(/^ +bind :::.*\n/gm, "")
      .replace(/bind :80$/m, `bind 127.0.0.1:${this.httpPort}`)
      .replace(/bind :443 /, `bind 127.0.0.1:${this.httpsPort} `)
      .replace(`127.0.0.1:${challengePort}`, `127.0.0.1:${this.challengePort}`)
      .replaceAll(`127.0.0.1:${usualPorts.https} `, `127.0.0.1:${this.httpsPort} `)
      .replace("log /dev/log len 8192 local0 info", "log stdout len 8192 format raw local0 info")
      .replace(/^ +(?:user|group) .*\n/gm, "")
      .replace(/\/(?:etc\/haproxy|etc\/landfall|run\/landfall)\//g, (path) => this.folder + path);
  }
}
