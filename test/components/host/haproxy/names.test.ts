import assert from "node:assert/strict";
import { createServer, Server } from "node:http";
import { plainNamesBehaviour } from "../plain-names-behaviour";
import { RunningHaproxy } from "./running-haproxy";

describe("names of HAProxy", function () {
  this.timeout(30_000);
  const authorities: Server[] = [];
  after(() => authorities.forEach((one) => one.close()));
  const site = plainNamesBehaviour(
    (apps, hops, web) => RunningHaproxy.start(apps, hops, undefined, web),
    async ({ challengePort }, token, proof) => {
      const certbot = createServer(({ url }, answer) => answer.end(url?.endsWith(`/${token}`) ? proof : "another"));
      authorities.push(certbot);
      await new Promise<void>((resolve) => certbot.listen(challengePort, "127.0.0.1", resolve));
    },
  );

  it("have no answer for a name that is not ours", () =>
    assert.rejects(site.request(`http://stranger.example:${site.httpPort}/`), /hang up|ECONNRESET/));
});
