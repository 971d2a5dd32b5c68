import { spawn } from "node:child_process";
import { attempt } from "../../components/local/machine/command";
import { passInterrupts } from "./interrupts";

/** How a Pulumi operation ended. */
export interface OperationResult {
  /** Exit status. */
  code: number;
  /** First line of what went wrong; empty when nothing did. */
  reason: string;
  /** Whether it was interrupted. */
  interrupted: boolean;
}

/** The Pulumi CLI, in one project. */
export class Pulumi {
  /**
   * @param root folder of Pulumi.yaml
   * @param env whole environment: with the engine on PATH, and the backend
   */
  constructor(
    private readonly root: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Runs a short command and gives what it printed. Fails with Pulumi's own words. */
  async ask(...args: string[]): Promise<string> {
    const outcome = await attempt(["pulumi", ...args, "--non-interactive", "--color", "never"], this.options());
    if (outcome.code !== 0) {
      throw new Error(
        `pulumi ${args.slice(0, 2).join(" ")} failed: ${firstError(outcome.stderr) || outcome.stdout.trim()}`,
      );
    }
    return outcome.stdout;
  }

  /** Names of the stacks that exist. */
  async stacks(): Promise<string[]> {
    const stacks = JSON.parse(await this.ask("stack", "ls", "--json")) as { name: string }[];
    return stacks.map((stack) => stack.name.split("/").at(-1) ?? stack.name);
  }

  /** Selects a stack and creates it when there is none. */
  async select(stack: string, ...options: string[]): Promise<void> {
    await this.ask("stack", "select", "--create", "--stack", stack, ...options);
  }

  /** The outputs of a stack, secret ones as `[secret]`. */
  async outputs(stack: string): Promise<Record<string, unknown>> {
    return JSON.parse(await this.ask("stack", "output", "--json", "--stack", stack)) as Record<string, unknown>;
  }

  /**
   * Runs an operation (`up`, `destroy`, `preview`), and gives its lines as they come. An interrupt reaches it once, and
   * it is waited for.
   */
  operate(args: readonly string[], onLine: (line: string) => void): Promise<OperationResult> {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      ...this.options(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let interrupted = false;
    let output = "";
    passInterrupts(child, () => interrupted);
    const hear = (line: string): void => {
      if (/^(?:\^C|SIGTERM) received/.test(line)) interrupted = true;
      onLine(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(hear);
      });
      stream.on("end", () => {
        if (rest) hear(rest);
      });
    }
    return new Promise((resolve, reject) => {
      child.on("error", (error) => reject(new Error(`pulumi cannot be started: ${error.message}`)));
      child.on("close", (code, signal) => {
        const reason = signal ? `pulumi was ended by ${signal}` : firstError(output) || `exit status ${code}`;
        resolve({ code: code ?? 1, reason: code === 0 ? "" : reason, interrupted });
      });
    });
  }

  private options(): { cwd: string; env: NodeJS.ProcessEnv } {
    return { cwd: this.root, env: this.env };
  }
}

/** The first error that Pulumi printed that is a reason, not a consequence: its first lines as one. */
export function firstError(output: string): string {
  const lines = output.split("\n");
  const errors = lines.flatMap((line, at) => {
    const [, indent, text] = /^(\s*)error:\s*(.*)$/.exec(line) ?? [];
    if (indent === undefined || text === undefined) return [];
    // An error goes on for as long as lines are indented like it; a line further left belongs to another resource.
    const further = lines.slice(at + 1, at + reasonLines);
    const end = further.findIndex((next) => !next.trim() || !next.startsWith(indent) || /^\s*error:/.test(next));
    return [
      [text, ...further.slice(0, end < 0 ? further.length : end)]
        .map((part) => part.trim())
        .join(" ")
        .trim(),
    ];
  });
  return errors.find((text) => !/^(?:update|preview|destroy) (?:failed|canceled)$/.test(text)) ?? errors[0] ?? "";
}

/** How many lines of an error make a reason in one line; the whole of it was printed before. */
const reasonLines = 4;
