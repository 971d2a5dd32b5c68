import assert from "node:assert/strict";
import { request } from "node:https";
import { App } from "../../../components/app/app";
import { ServeBy } from "../../../components/app/route/route";
import { applicationLoadBalancerHop, Hop } from "../../../components/host/hop";
import { healthPath } from "../../../components/host/hops";
import { EchoApp } from "./nginx/echo-app";
import { FileServer } from "./traffic";

const balancer = "127.0.1.1";
const stranger = "127.0.6.1";
/** A balancer that asks. */
export const askingFront: Hop[] = [applicationLoadBalancerHop({ addresses: [`${balancer}/32`] })];
/** The apps that it asks for. */
export const api: App = {
  name: "api",
  source: {},
  process: { command: ["app"] },
  routes: [{ domain: "api.example.com", path: "/v1/" }],
  health: { path: "up?deep=1" },
};
export const docs: App = { name: "docs", source: {}, routes: [{ domain: "docs.example.com", serve: ServeBy.Files }] };

interface Answer {
  status: number;
  body: string;
}

/** Asks as an Application Load Balancer does: from its own address, without a server name, with any certificate. */
function ask(port: number, from: string, host: string, path: string): Promise<Answer> {
  const tls = { servername: "", rejectUnauthorized: false, agent: false };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, localAddress: from, path, headers: { Host: host }, ...tls });
    sent.once("error", reject);
    sent.once("response", (response) => {
      let body = "";
      response.on("data", (text) => (body += String(text)));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.end();
  });
}

/** A web server that a load balancer asks for the health of apps. */
export type HealthyServer = Pick<FileServer, "httpsPort" | "socket" | "addFile" | "stop">;

/**
 * What a load balancer hears that names nobody. Call it in the body of `describe`.
 *
 * @param unreachable status of the answer for an app that is not there
 */
export function healthBehaviour(
  start: (apps: readonly App[], front: Hop[]) => Promise<HealthyServer>,
  unreachable: 502 | 503,
): void {
  let server: HealthyServer;
  let echo: EchoApp;

  before(async () => {
    server = await start([api, docs], askingFront);
    echo = new EchoApp("api", server.socket("api"));
    await echo.start();
  });
  after(async () => {
    await echo?.stop();
    await server?.stop();
  });

  const asked = (host: string, path: string, from = balancer): Promise<Answer> =>
    ask(server.httpsPort, from, host, path);

  it("answers requests that come without a server name, by their Host", async () => {
    const { status, body } = await asked("api.example.com", "/v1/a");
    assert.equal(status, 200);
    assert.match(body, /"x-forwarded-host":"api\.example\.com/);
  });

  it("asks an app for its health by the app's own name and path, whatever the Host", async () => {
    const { status, body } = await asked("127.0.0.1", healthPath("api"));
    assert.equal(status, 200, body);
    assert.match(body, /"x-forwarded-host":"api\.example\.com/);
    assert.match(body, /"x-request-uri":"\/v1\/up\?deep=1"/);
  });

  it("passes on the status of an app that has nothing to show", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("docs"))).status, 404);
    server.addFile("docs", "index.html", "hello");
    assert.deepEqual(await asked("127.0.0.1", healthPath("docs")), { status: 200, body: "hello" });
  });

  it("tells others nothing about the health of its apps", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("api"), stranger)).status, 403);
  });

  it("answers nothing else under a name that is not ours", async () => {
    assert.equal((await asked("127.0.0.1", "/v1/a")).status, 421);
    assert.equal((await asked("127.0.0.1", healthPath("other"))).status, 421);
  });

  it("says that an app is not well when it does not answer", async () => {
    await echo.stop();
    const { status } = await asked("127.0.0.1", healthPath("api"));
    await echo.start();
    assert.equal(status, unreachable);
  });
}
