import assert from "node:assert/strict";
import { createServer, Server } from "node:net";
import { App } from "../../../../components/app/app";
import { freePorts } from "../../../loopback/ports";
import { limitedApps } from "../limits-behaviour";
import { useLoopbackServer } from "../loopback-subject";
import { ask } from "../nginx/client";
import { ownAnswersApps, ownAnswersBehaviour } from "../own-answers-behaviour";
import { RunningHaproxy } from "./running-haproxy";

const domain = "www.example.com";

describe("what HAProxy says in the place of an app", function () {
  this.timeout(30_000);
  ownAnswersBehaviour(useLoopbackServer(ownAnswersApps, () => RunningHaproxy.start(ownAnswersApps)));

  describe("to a client that asks too often", () => {
    const site = useLoopbackServer(limitedApps, () => RunningHaproxy.start(limitedApps));
    it("is to wait a moment", async () => {
      const get = (headers: Record<string, string> = {}) => site.request(`${site.origin(domain)}/`, { headers });
      for (let sent = 0; sent < 2; sent++) assert.equal((await get()).status, 200);
      const words = await get();
      assert.deepEqual(
        [words.status, words.headers["content-type"], words.body],
        [429, ["text/plain"], "429: Too many requests: wait a moment before the next one."],
      );
      const program = await get({ Accept: "application/json" });
      assert.deepEqual(
        [program.headers["content-type"], JSON.parse(program.body)],
        [["application/json"], { status: 429, error: "Too many requests: wait a moment before the next one." }],
      );
    });
  });

  describe("of an app that", () => {
    const far = (name: string, port: number): App => ({
      name,
      source: {},
      routes: [{ domain, path: `/${name}/` }],
      servers: [{ address: "127.0.0.1", port }],
    });
    let proxy: RunningHaproxy;
    let nonsense: Server;
    before(async () => {
      const [port, nobody] = await freePorts(2);
      nonsense = createServer((socket) =>
        socket.once("data", () => socket.end("nonsense\r\n\r\n")).on("error", () => {}),
      );
      await new Promise<void>((resolve) => nonsense.listen(port, "127.0.0.1", resolve));
      proxy = await RunningHaproxy.start([far("odd", port!), far("away", nobody!)]);
    });
    after(async () => {
      await proxy.stop();
      nonsense.close();
    });

    for (const [why, path, status, error] of [
      ["speaks no HTTP", "/odd/", 502, "The app gave no answer that can be passed on."],
      ["is not there", "/away/", 503, "The app is not there, or has too much to do, right now."],
    ] as const)
      it(`${why} is ${status}`, async () => {
        const words = await ask(proxy, domain, path);
        assert.deepEqual(
          [words.status, words.headers["content-type"], words.body],
          [status, ["text/plain"], `${status}: ${error}`],
        );
        const program = await ask(proxy, domain, path, { headers: { Accept: "application/json" } });
        assert.deepEqual(
          [program.headers["content-type"], JSON.parse(program.body)],
          [["application/json"], { status, error }],
        );
      });
  });
});
