import assert from "node:assert/strict";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { SubjectExchange } from "../behaviour/subject";

/** A request and its answer, part by part. */
export class TestExchange implements SubjectExchange {
  private readonly parts: string[] = [];
  private response: IncomingMessage | undefined;
  private failure: Error | undefined;
  private ended = false;
  private waiting: (() => void) | undefined;

  private constructor(private readonly sent: ClientRequest) {
    sent.on("response", (response) => {
      this.response = response;
      response.setEncoding("utf8");
      response.on("data", (part: string) => this.tell(() => this.parts.push(part)));
      response.on("end", () => this.tell(() => (this.ended = true)));
      response.on("error", (error) => this.tell(() => (this.failure ??= error)));
      this.tell(() => undefined);
    });
    sent.on("error", (error) => this.tell(() => (this.failure ??= error)));
  }

  /** Begins with the headers, which are on their way before anything of the body. */
  static async begun(sent: ClientRequest): Promise<TestExchange> {
    const made = new TestExchange(sent);
    if (sent.method === "GET") sent.end();
    else sent.flushHeaders();
    return await Promise.resolve(made);
  }

  write(part: string | Buffer): void {
    this.sent.write(part);
  }

  end(): void {
    this.sent.end();
  }

  async head(): ReturnType<SubjectExchange["head"]> {
    await this.until(() => this.response !== undefined, 10);
    return { status: this.response!.statusCode ?? 0, headers: this.response!.headersDistinct };
  }

  async next(seconds = 10): Promise<string> {
    await this.until(() => this.parts.length > 0 || this.ended, seconds);
    return this.parts.shift() ?? "";
  }

  close(): void {
    this.sent.destroy();
  }

  private tell(change: () => void): void {
    change();
    this.waiting?.();
  }

  private async until(isTrue: () => boolean, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    // An answer that came before the connection broke counts: a server need not read all of a body that it refuses.
    while (!isTrue()) {
      if (this.failure) throw this.failure;
      const left = deadline - Date.now();
      assert.ok(left > 0, `nothing came in ${seconds} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting = () => (clearTimeout(timer), resolve());
      });
    }
  }
}
