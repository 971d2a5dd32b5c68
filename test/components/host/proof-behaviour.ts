import assert from "node:assert/strict";
import type { App } from "../../../components/app/app";
import { cloudFrontHop, type Hop, originSecretHeader } from "../../../components/host/hop";
import { proofFile } from "../../../components/host/proof-file";
import { client, hoppedApp } from "./hops-behaviour";
import type { StartedServer } from "./loopback-subject";
import { EchoApp, type Seen } from "./nginx/echo-app";
import { askHop } from "./nginx/front-hop";

const domain = "www.example.com";

/**
 * What a web server does behind a hop that proves itself. Call it in the body of `describe`.
 *
 * @param line a line of the file with what proves a hop, by the hop's header
 */
export function provingBehaviour(
  start: (apps: readonly App[], front: Hop[], written: Record<string, string>) => Promise<StartedServer>,
  line: (header: string) => string,
): void {
  const secret = "s".repeat(40);
  const [proven, marked] = [
    cloudFrontHop({ provesItself: true }),
    cloudFrontHop({ provesItself: true, isOnlyWay: true }),
  ];
  const running: { server?: StartedServer; echo?: EchoApp } = {};
  afterEach(async () => {
    await running.echo?.stop();
    await running.server?.stop();
  });

  const begin = async (hop: Hop): Promise<(headers: object, from?: string) => Promise<[number, string?, string?]>> => {
    const written = {
      [proofFile(originSecretHeader)]: ["old".padEnd(40, "o"), secret]
        .map((value) => line(originSecretHeader).replace("%s", value))
        .join(""),
    };
    const server = (running.server = await start([hoppedApp], [hop], written));
    running.echo = new EchoApp("root", server.socket("root"));
    await running.echo.start();
    const tls = { servername: domain, ca: server.certificate(domain) };
    return async (headers, from = client) => {
      const question = { port: server.httpsPort, from, path: "/", headers: { Host: domain, ...headers }, tls };
      const { status, body } = await askHop(question);
      if (status !== 200) return [status];
      const heard = (JSON.parse(body) as Seen).headers;
      return [status, heard["x-forwarded-for"], heard[originSecretHeader.toLowerCase()]];
    };
  };

  it("is believed by its proof about the client, and the app hears no proof", async () => {
    const ask = await begin(proven);
    const headers = { [originSecretHeader]: secret, "X-Forwarded-For": "6.6.6.6, 203.0.113.9" };
    assert.deepEqual(await ask(headers), [200, "203.0.113.9", undefined]);
  });

  it("cannot be passed by, but by the host itself", async () => {
    const ask = await begin(proven);
    const lie = { "X-Forwarded-For": "6.6.6.6" };
    assert.deepEqual(await ask(lie), [403]);
    assert.deepEqual(await ask({ ...lie, [originSecretHeader]: `${secret}x` }), [403]);
    assert.deepEqual(await ask(lie, "127.0.0.1"), [200, "127.0.0.1", undefined]);
  });

  it("has nothing to prove where its mark is not, and is not believed then", async () => {
    const ask = await begin(marked);
    const lie = { "X-Forwarded-For": "6.6.6.6" };
    assert.deepEqual(await ask(lie), [200, client, undefined]);
    assert.deepEqual(await ask({ ...lie, "X-Amz-Cf-Id": "id" }), [403]);
    assert.deepEqual(
      await ask({ "X-Amz-Cf-Id": "id", [originSecretHeader]: secret, "X-Forwarded-For": "203.0.113.9" }),
      [200, "203.0.113.9", undefined],
    );
  });
}
