import assert from "node:assert/strict";
import { BalanceMethod } from "../../../components/app/balance";
import { Answer } from "./nginx/client";
import { Seen } from "./nginx/echo-app";
import { Balanced, Starting } from "./balanced";

const cookieOf = (answer: Answer): string | undefined => answer.headers["set-cookie"]?.[0]?.split(";")[0];

/** What web servers do alike that share out requests among servers. Call it in the body of `describe`. */
export function sharingBehaviour(starting: Starting): void {
  const start = (args: Parameters<typeof Balanced.start>[1]) => Balanced.start(starting, args);
  let balanced: Balanced;
  afterEach(() => balanced.stop());

  it("asks one server after the other", async () => {
    balanced = await start({});
    assert.deepEqual(await balanced.counts(12), [4, 4, 4]);
  });

  it("asks them by their weights", async () => {
    balanced = await start({ servers: [{ weight: 4 }, {}, {}] });
    assert.deepEqual(await balanced.counts(12), [8, 2, 2]);
  });

  it("asks a backup only while nobody else is there", async () => {
    balanced = await start({ count: 2, servers: [{}, { backup: true }] });
    assert.deepEqual(await balanced.counts(4), [4, 0]);
    await balanced.bringDown(0);
    assert.deepEqual(await balanced.counts(4), [0, 4]);
  });

  it("asks who has the least to do", async () => {
    balanced = await start({ count: 2, balance: { method: BalanceMethod.LeastConnections } });
    const slow = balanced.ask("/", { headers: { "X-Delay": "1500" } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const counts = await balanced.counts(6);
    const busy = Number((JSON.parse((await slow).body) as Seen).app);
    assert.equal(counts[busy], 0);
  });

  it("asks another server when one is not there, with a POST as well", async () => {
    balanced = await start({});
    await balanced.bringDown(1);
    const counts = await balanced.counts(12, (index) => ({
      method: index % 2 ? "POST" : "GET",
      body: index % 2 ? "a" : "",
    }));
    assert.deepEqual([counts[1], counts[0]! + counts[2]!], [0, 12]);
  });

  it("asks a server again once its time is over", async () => {
    balanced = await start({ count: 2, balance: { failSeconds: 1, maxFails: 1 } });
    await balanced.bringDown(1);
    assert.deepEqual(await balanced.counts(4), [4, 0]);
    await balanced.bringUp(1);
    // nginx counts in whole seconds, and waits for more than was said.
    await new Promise((resolve) => setTimeout(resolve, 2200));
    assert.ok((await balanced.counts(6))[1]! >= 2);
  });

  it("repeats no slow request", async () => {
    balanced = await start({ route: { readTimeoutSeconds: 11 } });
    const began = Date.now();
    const { status } = await balanced.ask("/", { headers: { "X-Delay": "20000" } });
    assert.ok(status === 502 || status === 504, String(status));
    assert.ok(Date.now() - began < 15_000);
  });

  describe("where clients stay", () => {
    beforeEach(async () => {
      balanced = await start({ balance: { sticky: true }, route: { path: "/app/", stripPrefix: true } });
    });
    const path = "/app/x%2Fy?z";

    it("tells a client once where it is, out of reach of scripts and of other apps", async () => {
      const answer = await balanced.ask(path);
      assert.match(
        answer.headers["set-cookie"]!.join("\n"),
        /^landfall_shop=[0-9a-f]{8}; Path=\/app\/; Secure; HttpOnly; SameSite=Lax$/,
      );
      const again = await balanced.ask(path, { headers: { Cookie: cookieOf(answer)! } });
      assert.equal(again.headers["set-cookie"], undefined);
    });

    it("keeps it there, whatever it sends", async () => {
      const first = await balanced.ask(path);
      const { app } = JSON.parse(first.body) as Seen;
      for (const method of ["GET", "POST", "PUT", "GET", "DELETE", "POST"]) {
        const headers = { Cookie: `a=b; ${cookieOf(first)}; c=d` };
        const answer = JSON.parse((await balanced.ask(path, { method, headers })).body) as Seen;
        assert.deepEqual([answer.app, answer.url, answer.method], [app, "/x%2Fy?z", method]);
      }
    });

    it("shares out those who are new", async () => {
      const found = new Set<string | undefined>();
      for (let index = 0; index < 6; index++) found.add(cookieOf(await balanced.ask(path)));
      assert.equal(found.size, 3);
    });

    it("moves a client when its server is gone, and lets it stay there", async () => {
      const first = await balanced.ask(path);
      const { app } = JSON.parse(first.body) as Seen;
      await balanced.bringDown(Number(app));
      const moved = await balanced.ask(path, { method: "POST", body: "a", headers: { Cookie: cookieOf(first)! } });
      assert.equal(moved.status, 200);
      const { app: now } = JSON.parse(moved.body) as Seen;
      assert.notEqual(now, app);
      await balanced.bringUp(Number(app));
      for (let index = 0; index < 4; index++)
        assert.equal(await balanced.at({ headers: { Cookie: cookieOf(moved)! } }, path), Number(now));
    });

    it("takes no word of a client for a server", async () => {
      for (const cookie of [
        "landfall_shop=",
        "landfall_shop=1",
        "landfall_shop=127.0.0.1:80|127.0.0.1:1",
        "landfall_shop=$host",
      ]) {
        const answer = await balanced.ask(path, { headers: { Cookie: cookie } });
        assert.deepEqual([answer.status, cookieOf(answer) === undefined], [200, false], cookie);
      }
    });

    it("keeps the app's own cookies, and the headers that every answer has", async () => {
      const headers = { "X-Answer": JSON.stringify({ "Set-Cookie": ["a=1; Path=/", "b=2; Path=/y"] }) };
      const answer = await balanced.ask(path, { headers });
      assert.deepEqual(answer.headers["set-cookie"]!.slice(0, 2), ["a=1; Path=/app/", "b=2; Path=/app/y"]);
      assert.equal(answer.headers["set-cookie"]!.length, 3);
      assert.deepEqual(answer.headers["x-content-type-options"], ["nosniff"]);
    });
  });
}
