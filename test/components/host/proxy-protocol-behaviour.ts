import assert from "node:assert/strict";
import { connect } from "node:http2";
import { connect as connectTls } from "node:tls";
import { App } from "../../../components/app/app";
import { Hop, networkLoadBalancerHop } from "../../../components/host/hop";
import { HoppedServer } from "./hops-behaviour";
import { EchoApp, Seen } from "./nginx/echo-app";
import { askHop } from "./nginx/front-hop";
import { lies } from "./nginx/lies";
import { Greeting, inBytes, inWords, TcpHop } from "./nginx/tcp-hop";

const domain = "www.example.com";
const app: App = { name: "root", source: {}, process: { command: ["app"] }, routes: [{ domain }] };

const [hopAddress, client, stranger] = ["127.0.1.1", "127.0.5.1", "127.0.6.1"];

/**
 * What a web server believes of the PROXY protocol. Call it in the body of `describe`.
 *
 * @param itself where it listens for the host itself
 */
export function proxyProtocolBehaviour(
  start: (apps: readonly App[], front: Hop[]) => Promise<HoppedServer>,
  itself: string,
): void {
  let server: HoppedServer;
  let echo: EchoApp;
  const hops: TcpHop[] = [];

  before(async () => {
    server = await start([app], [networkLoadBalancerHop({ proxyProtocolFrom: [`${hopAddress}/32`] })]);
    echo = new EchoApp("root", server.socket("root"));
    await echo.start();
  });
  after(async () => {
    for (const hop of hops) await hop.stop();
    await echo?.stop();
    await server?.stop();
  });

  /** A hop of ours, or somebody who would like to be taken for one. */
  async function hop(address: string, greeting: Greeting): Promise<TcpHop> {
    const started = await TcpHop.start(address, server.httpsPort, greeting);
    hops.push(started);
    return started;
  }

  async function told(port: number, host?: string): Promise<Seen["headers"]> {
    const headers = { Host: domain, ...lies };
    const tls = { servername: domain, ca: server.certificate(domain) };
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

  it("tells it by HTTP/2, too", async () => {
    const { port } = await hop(hopAddress, inBytes);
    const tls = { host: "127.0.0.1", port, localAddress: client, servername: domain, ca: server.certificate(domain) };
    const session = connect(`https://${domain}`, {
      createConnection: () => connectTls({ ...tls, ALPNProtocols: ["h2"] }),
    });
    try {
      const stream = session.request({ ":path": "/" });
      const body = (await stream.setEncoding("utf8").toArray()).join("");
      assert.deepEqual(addresses((JSON.parse(body) as Seen).headers), [client, client]);
    } finally {
      session.destroy();
    }
  });

  it("is not believed from an address that is not its own", async () => {
    const { port } = await hop(stranger, () => inBytes("6.6.6.6", 1));
    assert.deepEqual(addresses(await told(port)), [stranger, stranger]);
    const logged = (await server.accessLog()).map((line) => line["client"]);
    assert.ok(logged.includes(stranger) && !logged.includes("6.6.6.6"), logged.join());
  });

  it("cannot be passed by: a connection without it is closed", async () => {
    await assert.rejects(told(server.httpsPort), /ECONNRESET|socket hang up|socket disconnected/);
  });

  it("is not asked of the host itself, whose questions for health come from there", async () => {
    assert.deepEqual(addresses(await told(server.httpsPort, itself)), ["127.0.0.1", "127.0.0.1"]);
  });
}
