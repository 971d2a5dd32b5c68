import assert from "node:assert/strict";
import { request } from "node:https";
import type { App } from "../../../components/app/app";
import { applicationLoadBalancerHop, type Hop } from "../../../components/host/hop";
import { healthPath } from "../../../components/host/hops";
import type { StartedServer } from "./loopback-subject";
import { EchoApp } from "./nginx/echo-app";

const balancer = "127.0.1.1";
const stranger = "127.0.6.1";

/** The balancer that asks. */
export const askingFront: Hop[] = [applicationLoadBalancerHop({ addresses: [`${balancer}/32`] })];

/** The app whose health is asked for. */
export const askedApp: App = {
  name: "api",
  source: {},
  process: { command: ["app"] },
  routes: [{ domain: "api.example.com", path: "/v1/" }],
  health: { path: "up?deep=1" },
};

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

/** A web server that a load balancer asks. */
export interface AskedServer<Server extends StartedServer> {
  /** It, once it is started. */
  server(): Server;
  /** The app behind it. */
  echo(): EchoApp;
  /** Asks it by a name and a path. @param from address. @default the balancer's */
  asked(host: string, path: string, from?: string): Promise<Answer>;
}

/** Runs a web server and the app that a load balancer asks for. Call it in the body of `describe`. */
export function healthSubject<Server extends StartedServer>(start: () => Promise<Server>): AskedServer<Server> {
  let server: Server;
  let echo: EchoApp;
  before(async () => {
    server = await start();
    echo = new EchoApp("api", server.socket("api"));
    await echo.start();
  });
  after(async () => {
    await echo?.stop();
    await server?.stop();
  });
  return {
    server: () => server,
    echo: () => echo,
    asked: (host, path, from = balancer) => ask(server.httpsPort, from, host, path),
  };
}

/**
 * What a web server answers a load balancer that names nobody when it begins TLS. Call it in the body of `describe`.
 *
 * @param gone what it answers for an app that is not there
 */
export function healthBehaviour<Server extends StartedServer>(
  start: () => Promise<Server>,
  gone: 502 | 503,
): AskedServer<Server> {
  const subject = healthSubject(start);
  const { asked, echo } = subject;

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

  it("tells others nothing about the health of its apps", async () => {
    assert.equal((await asked("127.0.0.1", healthPath("api"), stranger)).status, 403);
  });

  it("answers nothing else under a name that is not ours", async () => {
    assert.equal((await asked("127.0.0.1", "/v1/a")).status, 421);
    assert.equal((await asked("127.0.0.1", healthPath("other"))).status, 421);
  });

  it("says that an app is not well when it does not answer", async () => {
    await echo().stop();
    const { status } = await asked("127.0.0.1", healthPath("api"));
    await echo().start();
    assert.equal(status, gone);
  });
  return subject;
}
