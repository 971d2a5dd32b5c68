import assert from "node:assert/strict";
import { createServer, ServerResponse } from "node:http";
import { request } from "node:https";
import { App } from "../../../../components/app/app";
import { Route } from "../../../../components/app/route/route";
import { Web, WebProgram } from "../../../../components/app/web";
import { TlsFront } from "../../../../components/app/web-front";
import { guest } from "../../../../components/host/guest";
import { haproxyFiles } from "../../../../components/host/haproxy/files";
import { directHops } from "../../../../components/host/hops";
import { programProblems } from "../../../../components/host/program-problems";
import { compressionBehaviour } from "../compression-behaviour";
import { speak } from "../nginx/client";
import { RunningHaproxy } from "./running-haproxy";

const domain = "www.example.com";
const haproxy = { program: WebProgram.HAProxy };

describe("compression by a real HAProxy", function () {
  this.timeout(30_000);
  const text = { "Content-Type": "text/plain" };
  const { site, asked } = compressionBehaviour((apps, web) => RunningHaproxy.start(apps, undefined, undefined, web));

  it("makes an ETag a weak one, as the bytes are others", async () => {
    const etag = async (coding: string): Promise<string[] | undefined> =>
      (await asked("/packed/", { ...text, ETag: '"a"' }, { "Accept-Encoding": coding })).headers["etag"];
    assert.deepEqual([await etag("gzip"), await etag("identity")], [['W/"a"'], ['"a"']]);
  });

  it("is not where the app forbids it", async () => {
    const { headers } = await asked("/packed/", { ...text, "Cache-Control": "public, no-transform" });
    assert.equal(headers["content-encoding"], undefined);
  });

  it("tells caches once, beside what the app tells them", async () => {
    const { headers } = await asked("/packed/", { ...text, Vary: "Accept-Language" });
    assert.deepEqual(headers["vary"]?.join(", ").split(", ").sort(), ["Accept-Encoding", "Accept-Language"]);
  });

  it("is not for HTTP/1.0, which knows no chunks", async () => {
    const said = await speak(
      site.server,
      domain,
      `GET /packed/ HTTP/1.0\r\nHost: ${domain}\r\nAccept-Encoding: gzip\r\nX-Answer: ${JSON.stringify(text)}\r\n\r\n`,
    );
    assert.match(said, /^HTTP\/1\.1 200 /);
    assert.doesNotMatch(said, /content-encoding/i);
  });

  it("holds back nothing of a stream", async () => {
    const live: App = {
      name: "live",
      source: {},
      process: { command: ["app"] },
      routes: [{ domain, stream: true }],
    };
    const proxy = await RunningHaproxy.start([live]);
    let answer: ServerResponse | undefined;
    const app = createServer((_, response) => {
      answer = response.writeHead(200, text);
      response.write("first\n");
    });
    await new Promise<void>((resolve) => app.listen(proxy.socket("live"), resolve));
    try {
      const tls = { servername: domain, ca: proxy.certificate(domain) };
      const headers = { Host: domain, "Accept-Encoding": "gzip" };
      const texts = await new Promise<AsyncIterator<Buffer>>((resolve, reject) => {
        request({ host: "127.0.0.1", port: proxy.httpsPort, agent: false, ...tls, headers }, (got) => {
          resolve(got[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
        })
          .once("error", reject)
          .end();
      });
      const next = async (): Promise<string> => String((await texts.next()).value);
      assert.equal(await next(), "first\n");
      answer!.write("second\n");
      assert.equal(await next(), "second\n");
      answer!.end();
    } finally {
      app.closeAllConnections();
      app.close();
      await proxy.stop();
    }
  });

  it("is of none of the answers of an app at which requests are shared out, where some may not be", () => {
    const routes: Route[] = [{ domain }, { domain, path: "/secret/", compress: false }];
    const app = (instances: number, ...all: Route[]): App => ({
      name: "app",
      source: {},
      process: { command: ["app"], instances },
      routes: all,
    });
    const backends = (one: App): string[] =>
      haproxyFiles([one], directHops, guest(12))[0]!.content.match(/^backend \S+-app$|compression algo/gm) ?? [];
    assert.deepEqual(backends(app(1, ...routes)), ["backend app-app", "compression algo", "backend uncompressed-app"]);
    assert.deepEqual(backends(app(2, ...routes)), ["backend uncompressed-app"]);
    assert.deepEqual(backends(app(2, { domain })), ["backend app-app", "compression algo"]);
  });

  const problems = (web: Web, instances: number, ...routes: Omit<Route, "domain">[]): string[] => {
    const all = routes.map((route) => ({ domain, ...route }));
    const app = { name: "app", source: {}, process: { command: ["app"], instances }, routes: all };
    return programProblems([app], web).map(({ path }) => path);
  };

  it("is refused where a route asks for it that cannot have it", () => {
    assert.deepEqual(problems(haproxy, 1, { compress: true, stream: true }, { path: "/a/", compress: true }), [
      "apps[0].routes[0].compress",
    ]);
    assert.deepEqual(problems(haproxy, 2, { compress: false }, { path: "/a/", compress: true }), [
      "apps[0].routes[1].compress",
    ]);
    assert.deepEqual(problems(haproxy, 2, { compress: false }, { path: "/a/", stream: true }), []);
  });

  it("is refused in front of nginx for the paths alone that it hands over there", () => {
    const front = { program: TlsFront.HAProxy, direct: ["/a/"] };
    const routes = [
      { compress: true, stream: true },
      { path: "/a/", compress: true, stream: true },
    ];
    assert.deepEqual(problems({ front }, 1, ...routes), ["apps[0].routes[1].compress"]);
    assert.deepEqual(problems({ front: { program: TlsFront.HAProxy } }, 1, ...routes), []);
  });
});
