import assert from "node:assert/strict";
import { App } from "../../../../components/app/app";
import { networkLoadBalancerHop } from "../../../../components/host/hop";
import { EchoApp, Seen } from "./echo-app";
import { askHop } from "./front-hop";
import { lies } from "./lies";
import { hostItself, RunningNginx } from "./running-nginx";
import { Greeting, inBytes, inWords, TcpHop } from "./tcp-hop";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

const [hopAddress, client, stranger] = ["127.0.1.1", "127.0.5.1", "127.0.6.1"];

describe("a hop that speaks the PROXY protocol to a real nginx", function () {
  this.timeout(30_000);
  let nginx: RunningNginx;
  let echo: EchoApp;
  const hops: TcpHop[] = [];

  before(async () => {
    nginx = await RunningNginx.start([app], {
      front: [networkLoadBalancerHop({ proxyProtocolFrom: [`${hopAddress}/32`] })],
    });
    echo = new EchoApp("root", nginx.socket("root"));
    await echo.start();
  });
  after(async () => {
    for (const hop of hops) await hop.stop();
    await echo?.stop();
    await nginx?.stop();
  });

  /** A hop of ours, or somebody who would like to be taken for one. */
  async function hop(address: string, greeting: Greeting): Promise<TcpHop> {
    const started = await TcpHop.start(address, nginx.httpsPort, greeting);
    hops.push(started);
    return started;
  }

  async function told(port: number, host?: string): Promise<Seen["headers"]> {
    const headers = { Host: domain, ...lies };
    const tls = { servername: domain, ca: nginx.certificate(domain) };
    const { status, body } = await askHop({ host, port, from: host ? undefined : client, path: "/", headers, tls });
    assert.equal(status, 200, body);
    return (JSON.parse(body) as Seen).headers;
  }

  const addresses = (headers: Seen["headers"]): (string | undefined)[] => [
    headers["x-real-ip"],
    headers["x-forwarded-for"],
  ];

  for (const [version, greeting] of Object.entries({ "1": inWords, "2": inBytes })) {
    it(`tells the app the client's address by version ${version}, whatever the client says`, async () => {
      const { port } = await hop(hopAddress, greeting);
      assert.deepEqual(addresses(await told(port)), [client, client]);
    });
  }

  it("is not believed from an address that is not its own", async () => {
    const { port } = await hop(stranger, () => inBytes("6.6.6.6", 1));
    assert.deepEqual(addresses(await told(port)), [stranger, stranger]);
  });

  it("cannot be passed by: a connection without it is closed", async () => {
    await assert.rejects(told(nginx.httpsPort), /ECONNRESET|socket hang up|socket disconnected/);
  });

  it("is not asked of the host itself, whose questions for health come from there", async () => {
    assert.deepEqual(addresses(await told(nginx.httpsPort, hostItself)), ["127.0.0.1", "127.0.0.1"]);
  });
});
