import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { flowDomain, shortSeconds } from "./flow";
import { nextPacket, SocketIoClient } from "./socket-io";
import type { OpenSubject } from "./subject";

/** What every web server does with the websockets of `flowApps`. Call it in the body of `describe`. */
export function websocketsBehaviour(site: OpenSubject): void {
  const url = (path: string): string => `${site.origin(flowDomain)}${path}`;

  it("carries messages of any size both ways", async () => {
    const socket = await site.websocket(url("/ws/echo"));
    for (const text of ["first", "$second; \u00fc", "x".repeat(70_000)]) {
      socket.send(text);
      assert.equal(await socket.next(), text);
    }
    socket.close();
  });

  it("is not opened on a route that does not say so", async () => {
    await assert.rejects(site.websocket(url("/echo")), /Unexpected server response: (?:4|5)\d\d/);
  });

  it("may be silent for longer than an answer", async () => {
    const socket = await site.websocket(url("/ws/echo"));
    await pause(shortSeconds * 1000 + 1500);
    socket.send("still here");
    assert.equal(await socket.next(), "still here");
    socket.close();
  });

  it("stays open while the web server is told of something new, again and again", async () => {
    const socket = await site.websocket(url("/ws/echo"));
    for (const text of ["one", "two", "three"]) {
      await site.reload();
      await pause(1000);
      socket.send(text);
      assert.equal(await socket.next(), text);
    }
    assert.equal(socket.closed, false);
    socket.close();
  });

  it("of Socket.IO begins by polling and goes over to a websocket", async () => {
    const client = await SocketIoClient.polling(site, site.origin(flowDomain));
    await client.emit("echo", "by polling");
    assert.equal(await client.poll(), '42["echoed","by polling"]');

    const socket = await client.upgrade();
    socket.send('42["echo","by websocket"]');
    assert.equal(await nextPacket(socket), '42["echoed","by websocket"]');
    socket.close();
  });

  it("of Socket.IO stays by polling for a client that has no websockets", async () => {
    const client = await SocketIoClient.polling(site, site.origin(flowDomain));
    for (const text of ["a", "b"]) {
      const polled = client.poll();
      await client.emit("echo", text);
      assert.equal(await polled, `42["echoed","${text}"]`);
    }
  });
}
