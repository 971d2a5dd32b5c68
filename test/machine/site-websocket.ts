import assert from "node:assert/strict";
import { WebSocket } from "ws";

/** A websocket whose messages wait until they are asked for. */
export class TestWebSocket {
  private readonly messages: string[] = [];
  private waiting: (() => void) | undefined;
  /** Whether either side has closed it. */
  closed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      this.messages.push(data.toString());
      this.waiting?.();
    });
    socket.on("close", () => {
      this.closed = true;
      this.waiting?.();
    });
  }

  static async opened(socket: WebSocket): Promise<TestWebSocket> {
    const made = new TestWebSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return made;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** The next message. */
  async next(seconds = 10): Promise<string> {
    const deadline = Date.now() + seconds * 1000;
    while (this.messages.length === 0) {
      assert.ok(!this.closed, "the websocket was closed");
      const left = deadline - Date.now();
      assert.ok(left > 0, `no message in ${seconds} s`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting = () => (clearTimeout(timer), resolve());
      });
    }
    return this.messages.shift() as string;
  }

  close(): void {
    this.socket.close();
  }
}
