import assert from "node:assert/strict";
import type { OpenSubject, SubjectSocket } from "./subject";

/** The next packet that says something: a server may send one that says nothing, to end a poll. */
export async function nextPacket(socket: SubjectSocket): Promise<string> {
  const packet = await socket.next();
  return packet === "6" ? nextPacket(socket) : packet;
}

/**
 * A client of Socket.IO as browsers have it (Engine.IO protocol 4, Socket.IO protocol 5): it begins by polling, and goes over to
 * a websocket once that is known to work.
 */
export class SocketIoClient {
  private constructor(
    private readonly site: OpenSubject,
    private readonly url: string,
  ) {}

  /** Begins a session by polling. */
  static async polling(site: OpenSubject, origin: string): Promise<SocketIoClient> {
    const url = `${origin}/socket.io/?EIO=4&transport=`;
    const opened = await site.request(`${url}polling`);
    assert.equal(opened.status, 200, opened.body);
    const { sid, upgrades } = JSON.parse(opened.body.slice(1)) as { sid: string; upgrades: string[] };
    assert.deepEqual(upgrades, ["websocket"]);
    const client = new SocketIoClient(site, `${url}{transport}&sid=${sid}`);
    await client.post("40");
    assert.match(await client.poll(), /^40\{"sid":/);
    return client;
  }

  /** Sends an event by a request of its own. */
  async emit(event: string, text: string): Promise<void> {
    await this.post(`42${JSON.stringify([event, text])}`);
  }

  /** Waits for a packet by a request that is answered once there is one. */
  async poll(): Promise<string> {
    const answer = await this.site.request(this.url.replace("{transport}", "polling"));
    assert.equal(answer.status, 200, answer.body);
    return answer.body;
  }

  /** Goes over to a websocket, of the same session. */
  async upgrade(): Promise<SubjectSocket> {
    const socket = await this.site.websocket(this.url.replace("{transport}", "websocket"));
    socket.send("2probe");
    assert.equal(await socket.next(), "3probe");
    socket.send("5");
    return socket;
  }

  private async post(packet: string): Promise<void> {
    const answer = await this.site.request(this.url.replace("{transport}", "polling"), {
      method: "POST",
      headers: { "Content-Type": "text/plain;charset=UTF-8" },
      body: packet,
    });
    assert.deepEqual([answer.status, answer.body], [200, "OK"]);
  }
}
