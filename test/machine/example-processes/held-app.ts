import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { IncomingHttpHeaders, request } from "node:http";
import { basename, join } from "node:path";
import { App } from "../../../components/app/app";
import { launchers } from "../../../components/app/presets/launchers";
import { enterCommand } from "../../../components/local/machine/inside";
import { runningContainer } from "../../../components/local/machine/machine";
import type { Bind } from "../../../components/local/machine/spec";
import type { TestMachine } from "../machine";
import { pythonEnvironment } from "../python-environment";

/** An answer of an app. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Where and how an app is held. */
export interface HeldAppArgs {
  /** A folder that the machine shares with this computer: for the socket, which this computer connects to. */
  shared: Bind;
  /** Name of the app's own folder in the shared one: for its socket and data. */
  name: string;
  /** Variables in place of those of its description. */
  environment: Record<string, string>;
}

const holder = "/srv/hold-socket.py";
const codeRoot = "/srv/examples";

/** Text of a requirements file with all that an app's Python environment has. */
export function requirementsOf(app: App): string {
  const { requirements, packages } = app.python!;
  const file = readFileSync(join(app.source.directory!, requirements!), "utf8");
  return [file, ...(packages ?? [])].join("\n");
}

/**
 * An app of the examples that runs in a machine, by the command that its description has for a host, on a socket that is
 * held for it as systemd does.
 */
export class HeldApp {
  /** What the machine has to see of this computer. */
  static readonly binds: readonly Bind[] = [
    { source: join(__dirname, "hold-socket.py"), target: holder },
    { source: join(__dirname, "../../../examples"), target: codeRoot },
  ];

  private output = "";
  private readonly closed: Promise<unknown>;

  private constructor(
    private readonly machine: TestMachine,
    private readonly process: ChildProcess,
    /** Path of its unix socket on this computer; empty for one on TCP. */
    readonly socketPath: string,
  ) {
    this.closed = once(process, "close");
    for (const stream of [process.stdout!, process.stderr!])
      stream.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  /** Starts an app; what it needs is installed in the machine before. */
  static async start(machine: TestMachine, app: App, args: HeldAppArgs): Promise<HeldApp> {
    const programs = `${await pythonEnvironment(machine, requirementsOf(app))}/bin`;
    for (const [path, text] of Object.entries(launchers)) await machine.writeFile(path, text);
    const home = `${args.shared.target}/${args.name}`;
    await machine.exec(["mkdir", home]);

    const variables = {
      HOME: home,
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      ...app.environment,
      ...args.environment,
    };
    const [program, ...words] = app.process!.command;
    const onSocket = app.listen?.publicPorts === undefined;
    const [file, ...argv] = enterCommand(runningContainer(machine.id, machine.name).init.pid, [
      "env",
      `--chdir=${codeRoot}/${basename(app.source.directory!)}`,
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      "python3",
      holder,
      onSocket ? `${home}/app.sock` : "tcp",
      `${programs}/${program!}`,
      ...words,
    ]);
    const process = spawn(file!, argv, { stdio: ["ignore", "pipe", "pipe"] });
    const held = new HeldApp(machine, process, onSocket ? join(args.shared.source, args.name, "app.sock") : "");
    await held.ready();
    return held;
  }

  /** The port of an app on TCP; 0 for one on a unix socket. */
  get port(): number {
    return this.said()!.port;
  }

  /** Restarts the app; its socket stays. */
  async restart(): Promise<void> {
    await this.signal("HUP");
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
    if (this.process.exitCode === null && this.process.signalCode === null) await this.signal("TERM");
    await this.closed;
    const statuses = [...this.output.matchAll(/^exit (-?\d+)$/gm)].map((match) => Number(match[1]));
    return { statuses, output: this.output };
  }

  /** To the process in the machine: the one that this computer started is only the way in, and passes no signal on. */
  private async signal(name: "HUP" | "TERM"): Promise<void> {
    await this.machine.exec(`kill -s ${name} ${this.said()!.pid}`);
  }

  /** What the holder has said of itself. */
  private said(): { port: number; pid: number } | undefined {
    const match = /^held (\d+) (\d+)$/m.exec(this.output);
    return match ? { port: Number(match[1]), pid: Number(match[2]) } : undefined;
  }

  private async ready(): Promise<void> {
    while (!this.said()) {
      const ended = await Promise.race([once(this.process.stdout!, "data"), this.closed.then(() => "ended")]);
      if (ended === "ended" && !this.said()) throw new Error(`it ended:\n${this.output}`);
    }
  }
}
