import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ended } from "../../../loopback/ended";
import { nginxProgram } from "../../../components/host/nginx/nginx-program";

/** What nginx answered. */
export interface Answer {
  readonly status: number;
  /** Values of `X-Test`, in the order in which they were sent. */
  readonly headers: readonly string[];
  readonly location: string | undefined;
  readonly body: string;
}

/** A real nginx with any directives in `http`, behind a socket of its own. */
export class PlainNginx {
  private readonly folder = mkdtempSync(join(tmpdir(), "landfall-reader-"));
  private child: ChildProcess | undefined;
  private said = "";

  private constructor() {}

  /** @param http directives; `SOCKET` in them is where its servers have to listen */
  static async start(http: string): Promise<PlainNginx> {
    const nginx = new PlainNginx();
    try {
      await nginx.run(http);
    } catch (error) {
      await nginx.stop();
      throw error;
    }
    return nginx;
  }

  ask(host: string, path: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.socket, path, headers: { Host: host }, agent: false }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => (body += text));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headersDistinct["x-test"] ?? [],
            location: response.headers.location,
            body,
          }),
        );
      });
      asked.once("error", reject);
      asked.end();
    });
  }

  async stop(): Promise<void> {
    await ended(this.child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get socket(): string {
    return join(this.folder, "socket");
  }

  private async run(http: string): Promise<void> {
    const { program } = nginxProgram();
    const main = join(this.folder, "nginx.conf");
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${this.folder}/${name};`,
    );
    writeFileSync(
      main,
      `pid ${this.folder}/pid; events {}\nhttp { access_log off; absolute_redirect off; ${temporary.join(" ")}\n` +
        `${http.replaceAll("SOCKET", `unix:${this.socket}`)}\n}\n`,
    );
    const options = ["-p", this.folder, "-e", "stderr", "-c", main];
    execFileSync(program, ["-t", "-q", ...options], { stdio: "pipe" });
    this.child = spawn(program, [...options, "-g", "daemon off; worker_processes 1;"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.child.stderr?.on("data", (text) => (this.said += String(text)));
    for (let tries = 0; tries < 200; tries++) {
      if (existsSync(this.socket)) return;
      if (this.child.exitCode !== null) break;
      await pause(20);
    }
    throw new Error(`nginx does not start: ${this.said}`);
  }
}
