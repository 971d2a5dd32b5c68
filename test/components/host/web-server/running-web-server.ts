import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { WebServer } from "../../../../components/host/web-server/web-server";
import { nginxProgram } from "../nginx/nginx-program";
import { ended } from "../../../loopback/ended";
import { freePort, isListening } from "../../../loopback/ports";
import { apacheProgram, caddyProgram } from "../debian-program";

/** How a web server of somebody else is to be. */
export interface ClientServer {
  kind: typeof WebServer.Nginx | typeof WebServer.Apache | typeof WebServer.Caddy;
  domain: string;
  /** Loopback address that it connects to the host from; Caddy leaves it to the system, which takes 127.0.0.1. */
  from: string;
  /** What was rendered for it, of a host at `127.0.0.1`. */
  snippet: string;
  /** Ports of the host in the place of 443 and 80. */
  ports: { https: number; http: number };
  /** Authorities that it trusts, PEM. */
  authorities: string;
}

/** A real nginx or httpd with settings of its own, to which the snippet was added: plain HTTP on a loopback port. */
export class RunningWebServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "landfall-client-"));
  private child: ChildProcess | undefined;
  private said = "";

  private constructor(readonly port: number) {}

  static async start(server: ClientServer): Promise<RunningWebServer> {
    const running = new RunningWebServer(await freePort());
    try {
      await running.run(server);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  }

  async stop(): Promise<void> {
    await ended(this.child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(server: ClientServer): Promise<void> {
    const ca = join(this.folder, "authorities.pem");
    writeFileSync(ca, server.authorities);
    mkdirSync(join(this.folder, "documents"));
    writeFileSync(join(this.folder, "documents/index.html"), "the client's own page");
    const { https, http } = server.ports;
    const snippet = server.snippet
      .replaceAll("https://127.0.0.1", `https://127.0.0.1:${https}`)
      .replaceAll("http://127.0.0.1", `http://127.0.0.1:${http}`)
      .replaceAll("/etc/ssl/certs/ca-certificates.crt", ca);
    if (server.kind === WebServer.Nginx) this.nginx(server, snippet);
    else if (server.kind === WebServer.Apache) this.apache(server, snippet);
    else this.caddy(server, snippet, ca);
    this.child!.stderr?.on("data", (text) => (this.said += String(text)));
    for (let tries = 0; tries < 100 && this.child!.exitCode === null; tries++) {
      if (await isListening(this.port)) return;
      await pause(50);
    }
    const log = join(this.folder, "error.log");
    const logged = existsSync(log) ? readFileSync(log, "utf8") : "";
    throw new Error(`${server.kind} does not start: ${this.said}${logged}`);
  }

  private nginx({ domain, from }: ClientServer, snippet: string): void {
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (part) => `${part}_temp_path ${this.folder}/${part};`,
    );
    const file = this.settings(`
      pid ${this.folder}/pid; worker_processes 1;
      events {}
      http {
        ${temporary.join(" ")} access_log off;
        server {
          listen 127.0.0.1:${this.port}; server_name ${domain}; root ${this.folder}/documents;
          proxy_bind ${from};
          ${snippet}
        }
      }`);
    const { program } = nginxProgram();
    const options = ["-p", this.folder, "-e", "stderr", "-c", file];
    execFileSync(program, ["-t", "-q", ...options], { stdio: "pipe" });
    this.child = spawn(program, [...options, "-g", "daemon off;"], { stdio: ["ignore", "ignore", "pipe"] });
  }

  private apache({ domain, from }: ClientServer, snippet: string): void {
    const { program, modules, env } = apacheProgram();
    const loaded = ["mpm_event", "authz_core", "dir", "headers", "proxy", "proxy_http", "ssl"];
    const file = this.settings(`
      ServerRoot ${this.folder}
      ${loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n      ")}
      ${process.getuid?.() === 0 ? "User www-data\n      Group www-data" : ""}
      PidFile ${this.folder}/pid
      ErrorLog ${this.folder}/error.log
      ServerName ${domain}
      Listen 127.0.0.1:${this.port}
      <VirtualHost 127.0.0.1:${this.port}>
        ServerName ${domain}
        DocumentRoot ${this.folder}/documents
        ProxySourceAddress ${from}
        ${snippet}
      </VirtualHost>\n`);
    execFileSync(program, ["-t", "-f", file], { stdio: "pipe", env });
    this.child = spawn(program, ["-DFOREGROUND", "-f", file], { stdio: ["ignore", "ignore", "pipe"], env });
  }

  private caddy({ domain }: ClientServer, snippet: string, ca: string): void {
    const { program, env } = caddyProgram();
    const file = this.settings(`
      {
        admin off
        auto_https off
      }
      http://${domain}:${this.port} {
        bind 127.0.0.1
        root * ${this.folder}/documents
        ${snippet}
        file_server
      }\n`);
    const own = { ...env, SSL_CERT_FILE: ca, SSL_CERT_DIR: this.folder, HOME: this.folder, XDG_DATA_HOME: this.folder };
    const options = ["--config", file, "--adapter", "caddyfile"];
    execFileSync(program, ["validate", ...options], { stdio: "pipe", env: own });
    this.child = spawn(program, ["run", ...options], { stdio: ["ignore", "ignore", "pipe"], env: own });
  }

  private settings(text: string): string {
    const file = join(this.folder, "server.conf");
    writeFileSync(file, text);
    // Workers run as another user where this runs as root.
    execFileSync("chmod", ["-R", "a+rX", this.folder]);
    return file;
  }
}
