import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { applicationLoadBalancerHop, cloudFrontHop, Hop, originSecretHeader } from "../../../../components/host/hop";
import { proofFile } from "../../../../components/host/proof-file";
import { EchoApp, Seen } from "./echo-app";
import { askHop } from "./front-hop";
import { RunningNginx } from "./running-nginx";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

const secret = "Current_secret-0123456789abcdef01";
/** A client, what it lies, where CloudFront connects from, a balancer of ours, and the address of one who came directly. */
const [client, lie, edge, balancer, direct] = ["203.0.113.9", "192.0.2.66", "127.0.1.1", "127.0.2.1", "127.0.3.1"];

const proven = { [originSecretHeader]: secret, "X-Amz-Cf-Id": "id" };
const cdn = cloudFrontHop({ provesItself: true, isOnlyWay: true });

interface Answer {
  status: number;
  /** What the app is told of the client; undefined where it was not asked. */
  told: string | undefined;
}

describe("a CDN that is believed by its proof, before a real nginx", function () {
  this.timeout(30_000);

  const chains: Record<string, { front: Hop[]; from: string; listed: (...before: string[]) => string }> = {
    alone: { front: [cdn], from: edge, listed: (...before) => [...before, client].join(", ") },
    "before a balancer": {
      front: [cdn, applicationLoadBalancerHop({ addresses: [`${balancer}/32`] })],
      from: balancer,
      listed: (...before) => [...before, client, edge].join(", "),
    },
  };

  for (const [where, { front, from, listed }] of Object.entries(chains)) {
    describe(where, () => {
      let nginx: RunningNginx;
      let echo: EchoApp;

      before(async () => {
        const values = `"~^${secret}$" 1;\n`;
        nginx = await RunningNginx.start([app], { front }, { [proofFile(originSecretHeader)]: values });
        echo = new EchoApp("root", nginx.socket("root"));
        await echo.start();
      });
      after(async () => {
        await echo?.stop();
        await nginx?.stop();
      });

      async function asked(headers: Record<string, string>, whence = from): Promise<Answer> {
        const tls = { servername: domain, ca: nginx.certificate(domain) };
        const question = {
          port: nginx.httpsPort,
          from: whence,
          path: "/a",
          headers: { Host: domain, ...headers },
          tls,
        };
        const { status, body } = await askHop(question);
        return { status, told: status === 200 ? (JSON.parse(body) as Seen).headers["x-real-ip"] : undefined };
      }

      it("tells the app and the log who the client is", async () => {
        const answer = await asked({ ...proven, "X-Forwarded-For": listed() });
        assert.deepEqual(answer, { status: 200, told: client });
        assert.equal((await nginx.accessLog()).at(-1)?.client, client);
      });

      for (const lies of [[lie], [lie, `${lie}, ${lie}`], ["", lie], ["x;}$remote_addr"]])
        it(`does not believe what the client wrote itself (${JSON.stringify(lies)})`, async () => {
          const answer = await asked({ ...proven, "X-Forwarded-For": listed(...lies) });
          assert.deepEqual(answer, { status: 200, told: client });
        });

      it("knows clients by IPv6", async () => {
        const list = listed(lie).replace(client, "2001:db8::9");
        assert.equal((await asked({ ...proven, "X-Forwarded-For": list })).told, "2001:db8::9");
      });

      it("refuses what came through somebody else's distribution", async () => {
        const headers = { "X-Amz-Cf-Id": "id", "X-Forwarded-For": listed() };
        assert.equal((await asked(headers)).status, 403);
        assert.equal((await asked({ ...headers, [originSecretHeader]: `${secret}0` })).status, 403);
      });

      it("lets in what did not come through CloudFront, and believes nothing it says", async () => {
        const answer = await asked({ "X-Forwarded-For": lie }, direct);
        assert.deepEqual(answer, { status: 200, told: direct });
      });
    });
  }
});
