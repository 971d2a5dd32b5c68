import type { EngineLog } from "./engine-log";
import type { Work } from "./provider";
import { hide } from "./secrets";

/** What a piece of work is about. */
export interface Task {
  readonly name: string;
  /** The resource in the engine's log; empty for functions. */
  readonly urn: string;
  /** Time limit in seconds that the program gave the resource; 0 is none. */
  readonly timeoutSeconds: number;
  /** Texts that neither logs nor errors may show, longest first. */
  readonly secrets: readonly string[];
}

/** The work going on in a provider: all of it can be stopped at once. */
export class WorkList {
  private readonly going = new Set<AbortController>();
  private readonly waiting: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly log: EngineLog) {}

  /** Does a piece of work; its error has no secrets in it, and says so when the time limit or the user ended it. */
  async run<Result>(task: Task, act: (work: Work) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    if (this.stopped) controller.abort(new Error("the update was cancelled"));
    this.going.add(controller);
    const timer = task.timeoutSeconds > 0 ? this.limit(controller, task.timeoutSeconds) : undefined;
    try {
      const result = await act({
        name: task.name,
        signal: controller.signal,
        progress: (line) => this.log.write("info", hide(task.secrets, line), task.urn, true),
        log: (severity, line) => this.log.write(severity, hide(task.secrets, line), task.urn, false),
      });
      await this.log.drained();
      return result;
    } catch (error) {
      await this.log.drained();
      throw new Error(hide(task.secrets, error instanceof Error ? error.message : String(error)));
    } finally {
      clearTimeout(timer);
      this.going.delete(controller);
      if (this.going.size === 0) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  /** Whether something is going on. */
  get isBusy(): boolean {
    return this.going.size > 0;
  }

  /** Stops everything that is going on, and everything that is started from now on. */
  stop(reason: string): void {
    this.stopped = true;
    for (const controller of this.going) controller.abort(new Error(reason));
  }

  /** Ends when nothing is going on any more, or the time is over. */
  async idle(longestMs: number): Promise<void> {
    if (this.going.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestMs)));
    await Promise.race([new Promise<void>((resolve) => this.waiting.push(resolve)), late]);
    clearTimeout(timer);
  }

  private limit(controller: AbortController, seconds: number): NodeJS.Timeout {
    const reason = new Error(`stopped after ${seconds} s, which is the resource's custom timeout`);
    // Node takes at most 2^31 - 1 ms, about 24 days; longer limits never come to pass.
    return setTimeout(() => controller.abort(reason), Math.min(seconds * 1000, 2 ** 31 - 1));
  }
}
