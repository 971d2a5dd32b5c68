import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { ServeBy } from "../../../../components/app/route/route";
import { applicationLoadBalancerHop, Hop, originSecretHeader } from "../../../../components/host/hop";
import { healthPath } from "../../../../components/host/hops";
import { proofFile } from "../../../../components/host/proof-file";
import { EchoApp, Seen } from "./echo-app";
import { askHop } from "./front-hop";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const app: App = {
  name: "root",
  source: {},
  process: { command: ["app"] },
  routes: [
    { domain, maxBodyMiB: 1 },
    { domain, path: "/files/", serve: ServeBy.Files, stripPrefix: true },
  ],
};

/** The CDN, somebody else who connects from the same addresses, and the host itself. */
const [edge, client, host] = ["127.0.1.1", "203.0.113.9", "127.0.0.1"];
const [current, previous] = ["Current_secret-0123456789abcdef01", "previous-secret-0123456789abcdef0"];

describe("a hop that proves itself, before a real nginx", function () {
  this.timeout(30_000);
  const cdn: Hop = {
    name: "the CDN",
    addresses: [`${edge}/32`],
    idleSeconds: 60,
    keepSeconds: 5,
    answerSeconds: 30,
    provesBy: originSecretHeader,
  };
  const balancer = applicationLoadBalancerHop({ addresses: ["127.0.2.1/32"] });
  const values = `"~^${current}$" 1;\n"~^${previous}$" 1;\n`;
  let nginx: RunningNginx;
  let echo: EchoApp;

  before(async () => {
    nginx = await RunningNginx.start([app], { front: [cdn, balancer] }, { [proofFile(originSecretHeader)]: values });
    nginx.addFile("root", "a.txt", "a file\n");
    echo = new EchoApp("root", nginx.socket("root"));
    await echo.start();
  });
  after(async () => {
    await echo?.stop();
    await nginx?.stop();
  });

  const asked = (
    secret: string | undefined,
    { from = edge, path = "/a" } = {},
  ): Promise<{ status: number; body: string }> => {
    const headers = {
      Host: domain,
      "X-Forwarded-For": client,
      ...(secret !== undefined && { [originSecretHeader]: secret }),
    };
    const tls = { servername: domain, ca: nginx.certificate(domain) };
    return askHop({ port: nginx.httpsPort, from, path, headers, tls });
  };

  for (const [which, secret] of Object.entries({ current, previous })) {
    it(`lets in what has the ${which} secret, and tells the app the client but not the secret`, async () => {
      const { status, body } = await asked(secret);
      assert.equal(status, 200, body);
      const { headers } = JSON.parse(body) as Seen;
      assert.equal(headers["x-real-ip"], client);
      assert.ok(!JSON.stringify(headers).includes(secret));
      assert.equal(headers[originSecretHeader.toLowerCase()], undefined);
    });
  }

  const refused = {
    "no secret": undefined,
    "an empty one": "",
    "another one": "another-secret-0123456789abcdef01",
    "the current one in small letters": current.toLowerCase(),
    "more than the current one": `${current}0`,
    "the current one twice": `${current}, ${current}`,
    "a word of nginx": "default",
    "what nginx itself finds": "1",
  };
  for (const [what, secret] of Object.entries(refused)) {
    it(`refuses what has ${what}, from the same address`, async () => assert.equal((await asked(secret)).status, 403));
  }

  it("refuses files and dots in paths alike", async () => {
    assert.equal((await asked(undefined, { path: "/files/a.txt" })).status, 403);
    assert.equal((await asked(undefined, { path: "/files/../a" })).status, 403);
    assert.equal((await asked(current, { path: "/files/a.txt" })).body, "a file\n");
  });

  it("lets the host itself in, whose health checks have no secret", async () =>
    assert.equal((await asked(undefined, { from: host })).status, 200));

  it("does not take an address in a header for the host's", async () => {
    const tls = { servername: domain, ca: nginx.certificate(domain) };
    const headers = { Host: domain, "X-Forwarded-For": host, "X-Real-IP": host };
    assert.equal((await askHop({ port: nginx.httpsPort, from: edge, path: "/a", headers, tls })).status, 403);
  });

  it("answers a balancer behind it that asks for health without one", async () => {
    const tls = { servername: domain, ca: nginx.certificate(domain) };
    const question = { port: nginx.httpsPort, from: "127.0.2.1", path: healthPath("root"), tls };
    assert.equal((await askHop({ ...question, headers: { Host: "10.0.0.5" } })).status, 200);
  });

  it("answers challenges on port 80 without one", async () => {
    nginx.addChallenge("token", "answer");
    const path = "/.well-known/acme-challenge/token";
    const headers = { Host: domain };
    const { status, body } = await askHop({ port: nginx.httpPort, from: edge, path, headers });
    assert.deepEqual([status, body], [200, "answer"]);
  });

  it("leaves no secret in the log", async () => {
    await asked(current);
    assert.ok(!JSON.stringify(await nginx.accessLog()).includes(current));
  });
});
