import { chmodSync } from "node:fs";
import { createServer, Server } from "node:http";
import type { Socket } from "node:net";

/** How many connections an app had, and who ended those that are over. */
export interface Ended {
  opened: number;
  byApp: number;
  byNginx: number;
}

/** An app that keeps idle connections for a time of its own, and notes which side ends them. */
export class IdleApp {
  readonly ended: Ended = { opened: 0, byApp: 0, byNginx: 0 };
  private readonly server: Server;

  /** @param keepMilliseconds how long it keeps an idle connection */
  constructor(keepMilliseconds: number) {
    this.server = createServer((_, response) => {
      // So that requests at one time need connections of their own.
      setTimeout(() => response.end("ok"), 200);
    });
    // From Node.js 24.6 on the buffer, a second, comes on top.
    Object.assign(this.server, { keepAliveTimeout: keepMilliseconds, keepAliveTimeoutBuffer: 0 });
    this.server.on("connection", (socket) => this.watch(socket));
  }

  async start(socket: string): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(socket, resolve));
    chmodSync(socket, 0o666);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private watch(socket: Socket): void {
    let isOver = false;
    const over = (side: "byApp" | "byNginx") => (): void => {
      if (!isOver) this.ended[side]++;
      isOver = true;
    };
    this.ended.opened++;
    socket.once("end", over("byNginx")).once("close", over("byApp"));
  }
}
