import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import type { Severity } from "./provider";

/** Longest time to wait for the engine to take the last lines; it takes them within milliseconds when it is there. */
const drainMs = 2000;

/** Lines that the engine has not answered for yet, at most; more wait, so that a command's output cannot fill memory. */
const inFlight = 64;

/** Writes lines to the log of the engine that started this provider, in order. */
export class EngineLog {
  private client: EngineClient | undefined;
  private readonly waiting: LogRequest[] = [];
  private sending = 0;
  private idle: (() => void)[] = [];

  constructor(private address: string | undefined) {}

  /** Makes another engine the one that is written to. */
  attach(address: string): void {
    this.client?.close();
    this.client = undefined;
    this.address = address;
  }

  /**
   * Writes a line.
   * @param ephemeral shown beside the resource while it is worked on, but not kept for the end
   */
  write(severity: Severity, message: string, urn: string, ephemeral: boolean): void {
    if (this.address === undefined) return;
    const request = new LogRequest();
    request.setSeverity(LogSeverity[severity.toUpperCase() as Uppercase<Severity>]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    this.waiting.push(request);
    this.send();
  }

  /** Ends when the engine has taken every line, or does not answer. */
  async drained(): Promise<void> {
    if (this.sending === 0 && this.waiting.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([new Promise<void>((resolve) => this.idle.push(resolve)), late]);
    clearTimeout(timer);
  }

  close(): void {
    this.client?.close();
    this.client = undefined;
    this.address = undefined;
  }

  private send(): void {
    while (this.sending < inFlight && this.waiting.length > 0) {
      const request = this.waiting.shift() as LogRequest;
      this.sending++;
      // A line that the engine does not take is lost, not an error: the work goes on without its log.
      this.engine().log(request, () => {
        this.sending--;
        this.send();
        if (this.sending === 0 && this.waiting.length === 0) for (const resolve of this.idle.splice(0)) resolve();
      });
    }
  }

  private engine(): EngineClient {
    this.client ??= new EngineClient(this.address as string, grpc.credentials.createInsecure());
    return this.client;
  }
}
