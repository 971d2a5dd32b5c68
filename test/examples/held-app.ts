import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { IncomingHttpHeaders, request } from "node:http";
import { basename, join } from "node:path";
import { App } from "../../components/app/app";
import { launchers } from "../../components/app/presets/launchers";
import { pythonEnvironment } from "./python-environment";

/** An answer of an app. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/**
 * An app of the examples that runs on this computer, by the command that its description has for a host, on a socket
 * that is held for it as systemd does.
 */
export class HeldApp {
  private output = "";

  private constructor(
    private readonly holder: ChildProcess,
    /** Path of its unix socket; empty for one on TCP. */
    readonly socketPath: string,
  ) {
    for (const stream of [holder.stdout!, holder.stderr!])
      stream.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  /**
   * @param folder an empty one: for the socket and the app's data
   * @param environment variables in place of those that name folders of a host
   */
  static async start(app: App, folder: string, environment: Record<string, string>): Promise<HeldApp> {
    const directory = app.source.directory!;
    const requirements = readFileSync(join(directory, app.python!.requirements!), "utf8");
    const programs = join(pythonEnvironment(requirements, app.python!.packages ?? []), "bin");
    const [program, ...words] = app.process!.command;
    const command = [join(programs, program!), ...words.map(here)];
    const socketPath = app.listen?.publicPorts ? "" : join(folder, "app.sock");
    const holder = spawn("python3", [join(__dirname, "hold-socket.py"), socketPath || "tcp", ...command], {
      cwd: directory,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUNBUFFERED: "1",
        ...app.environment,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const held = new HeldApp(holder, socketPath);
    await held.port();
    return held;
  }

  /** Restarts the app; its socket stays. */
  restart(): void {
    this.holder.kill("SIGHUP");
  }

  /** The loopback port of an app on TCP; 0 for one on a unix socket. */
  async port(): Promise<number> {
    return Number(await this.said(/^held (\d+)$/m));
  }

  /** Sends a request; it waits in the socket's queue until the app takes it. */
  ask(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { method, headers, body } = options;
      const asked = request(
        { socketPath: this.socketPath, path, method, headers: { host: "a.example", ...headers } },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          answer.on("end", () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  }

  /** Ends the app. Returns the status of each of its runs, and what it printed. */
  async stop(): Promise<{ statuses: number[]; output: string }> {
    if (this.holder.exitCode === null) {
      const closed = once(this.holder, "close");
      this.holder.kill("SIGTERM");
      await closed;
    }
    const statuses = [...this.output.matchAll(/^exit (-?\d+)$/gm)].map((match) => Number(match[1]));
    return { statuses, output: this.output };
  }

  private async said(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match[1]!;
      if (this.holder.exitCode !== null) throw new Error(`it ended:\n${this.output}`);
      await Promise.race([once(this.holder.stdout!, "data"), once(this.holder, "close")]);
    }
  }
}

/** Where something of a host lies on this computer: our launchers. */
function here(word: string): string {
  return word in launchers ? join(__dirname, "../../components/app/presets", basename(word)) : word;
}
