import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { flowDomain, newId, shortSeconds } from "./flow";
import type { OpenSubject } from "./subject";

/** What a web server offers beside what all do. */
export interface StreamingOffers {
  /** It takes answers off the app where it is not told otherwise; one that never does is left without these tests. */
  buffersAnswers: boolean;
}

/** What web servers do with answers of `flowApps` that go on. Call it in the body of `describe`. */
export function streamingBehaviour(site: OpenSubject, { buffersAnswers }: StreamingOffers): void {
  const url = (path: string): string => `${site.origin(flowDomain)}${path}`;

  for (const [what, path] of [
    ["a stream", "/stream/"],
    ["a route without buffers", "/at-once/"],
  ]) {
    it(`passes on what an app writes at once, on ${what}`, async () => {
      const id = newId();
      const events = await site.exchange(url(`${path}events?id=${id}`));
      const { status, headers } = await events.head();
      assert.deepEqual([status, headers["content-type"]], [200, ["text/event-stream"]]);
      assert.equal(await events.next(), "data: first\n\n");
      await site.request(url(`${path}go?id=${id}`));
      assert.equal(await events.next(), "data: second\n\n");
      assert.equal(await events.next(), "");
    });
  }

  it("lets a stream be silent for longer than an answer", async () => {
    const id = newId();
    const events = await site.exchange(url(`/stream/events?id=${id}`));
    assert.equal(await events.next(), "data: first\n\n");
    await pause(shortSeconds * 1000 + 1500);
    await site.request(url(`/stream/go?id=${id}`));
    assert.equal(await events.next(), "data: second\n\n");
  });

  it("keeps a stream while it is told of something new", async () => {
    const id = newId();
    const events = await site.exchange(url(`/stream/events?id=${id}`));
    assert.equal(await events.next(), "data: first\n\n");
    await site.reload();
    await pause(1000);
    await site.request(url(`/stream/go?id=${id}`));
    assert.equal(await events.next(), "data: second\n\n");
  });

  if (buffersAnswers)
    it("holds back a few words of an app that goes on, where nothing is said", async () => {
      const id = newId();
      const events = await site.exchange(url(`/events?id=${id}`));
      await assert.rejects(events.next(1), /nothing came in 1 s/);
      await site.request(url(`/go?id=${id}`));
      assert.match(await events.next(), /^data: first\n\n/);
    });

  it("passes on large answers whole, with buffers and without", async () => {
    for (const path of ["/large?mib=20", "/at-once/large?mib=20"]) {
      const { status, body } = await site.request(url(path));
      assert.deepEqual([status, body.length], [200, 20 * 1024 * 1024], path);
    }
  });
}
