import assert from "node:assert/strict";
import { flowDomain, newId, shortSeconds } from "./flow";
import type { OpenSubject, SubjectRequest } from "./subject";

const mib = 1024 * 1024;
const gib = 1024 * mib;

/** What a web server offers beside what all do. */
export interface UploadsOffers {
  /** It takes a request body in as a whole where it is not told otherwise; one that never does is left without these tests. */
  buffersRequests: boolean;
}

/** What web servers do with the uploads and slow answers of `flowApps`. Call it in the body of `describe`. */
export function uploadsBehaviour(site: OpenSubject, { buffersRequests }: UploadsOffers): void {
  const url = (path: string): string => `${site.origin(flowDomain)}${path}`;
  const ask = (path: string, request?: SubjectRequest) => site.request(url(path), request);
  const received = async (path: string, id: string): Promise<number> =>
    Number((await ask(`${path}received?id=${id}`)).body);

  /** The answer to a body that is announced and never sent. */
  const announce = async (path: string, bytes: number) => {
    const upload = await site.exchange(url(path), {
      method: "POST",
      headers: { "Content-Length": String(bytes) },
    });
    try {
      const { status, headers: answered } = await upload.head();
      return { status, type: answered["content-type"]?.[0], body: await upload.next() };
    } finally {
      upload.close();
    }
  };

  describe("a body", () => {
    it("of as much as a route takes arrives whole", async () => {
      for (const [path, size] of [
        ["/small/", mib],
        ["/", 10 * mib],
        ["/at-once/", 24 * mib],
      ] as const) {
        const answer = await ask(`${path}upload?id=${newId()}`, { method: "POST", body: Buffer.alloc(size, "a") });
        assert.deepEqual([answer.status, answer.body], [200, `{"received": ${size}}`], path);
      }
    });

    it("of more is refused, and the answer says how much is taken", async () => {
      for (const [path, limit] of [
        ["/small/", 1],
        ["/", 10],
        ["/at-once/", 4096],
      ] as const) {
        const { status, type, body } = await announce(`${path}upload`, limit * mib + 1);
        assert.deepEqual(
          [status, type, body],
          [413, "text/plain", `413: The request is too large: at most ${limit} MiB are taken here.`],
        );
      }
    });

    it("of unknown length is refused once it is too much", async () => {
      const upload = await site.exchange(url("/small/upload"), {
        method: "POST",
        headers: { "Transfer-Encoding": "chunked" },
      });
      upload.write(Buffer.alloc(mib + 1, "a"));
      upload.end();
      assert.equal((await upload.head()).status, 413);
    });

    it("of 4 GiB is taken, and reaches the app as it comes where it is not held back", async () => {
      const id = newId();
      const upload = await site.exchange(url(`/at-once/upload?id=${id}`), {
        method: "POST",
        headers: { "Content-Length": String(4 * gib) },
      });
      upload.write(Buffer.alloc(mib, "a"));
      await until(async () => (await received("/at-once/", id)) === mib);
      upload.close();
    });

    if (buffersRequests)
      it("is held back until it is there as a whole, where nothing is said", async () => {
        const id = newId();
        const upload = await site.exchange(url(`/upload?id=${id}`), {
          method: "POST",
          headers: { "Content-Length": String(2 * mib) },
        });
        upload.write(Buffer.alloc(mib, "a"));
        await assert.rejects(upload.next(1), /nothing came in 1 s/);
        assert.equal(await received("/", id), 0);
        upload.write(Buffer.alloc(mib, "a"));
        upload.end();
        assert.equal(await upload.next(), `{"received": ${2 * mib}}`);
      });
  });

  describe("an app that says nothing", () => {
    it("is given up after as long as its route says, and the answer says so", async () => {
      const began = performance.now();
      const { status, headers, body } = await ask(`/small/slow?seconds=${shortSeconds + 4}`);
      assert.deepEqual(
        [status, headers["content-type"], body],
        [504, ["text/plain"], `504: The app said nothing for ${shortSeconds} seconds, so the request was given up.`],
      );
      assert.ok(performance.now() - began < (shortSeconds + 3) * 1000);
    });

    it("is waited for on other routes", async () => {
      const { status, body } = await ask(`/slow?seconds=${shortSeconds + 1}`);
      assert.deepEqual([status, body], [200, "slow, but sure"]);
    });
  });
}

/** Waits until something is true, for 10 seconds at most. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < deadline, "it did not come true in 10 s");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
