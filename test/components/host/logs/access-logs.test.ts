import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import type { App } from "../../../../components/app/app";
import { LogFormat, WebLogs } from "../../../../components/app/web-logs";
import { nginxLogs } from "../../../../components/host/logs/rotation";
import { wholeReport } from "../../../../components/host/report/traffic-report";
import { ask } from "../nginx/client";
import { EchoApp } from "../nginx/echo-app";
import { RunningNginx } from "../nginx/running-nginx";
import { readByGoAccess } from "./go-access";

const process_ = { command: ["app"] };
const www = "www.example.com";
const apps: App[] = [
  { name: "shop", source: {}, process: process_, routes: [{ domain: www }] },
  { name: "blog", source: {}, process: process_, routes: [{ domain: "blog.example.com" }] },
];

const secretReferer = "https://other.example/page?token=hidden";
const agent = 'Mozilla/5.0 "quoted" \\ (X11; Linux x86_64) Firefox/120.0';

describe("the access log of nginx", function () {
  this.timeout(120_000); // the packages may have to be fetched
  let nginx: RunningNginx;
  const echoes: EchoApp[] = [];
  const started = async (logs: WebLogs): Promise<void> => {
    nginx = await RunningNginx.start(apps, {}, {}, 1, { logs });
    for (const { name } of apps) {
      const echo = new EchoApp(name, nginx.socket(name));
      await echo.start();
      echoes.push(echo);
    }
  };
  afterEach(async () => {
    for (const echo of echoes.splice(0)) await echo.stop();
    await nginx?.stop();
  });
  const visit = (domain: string, path: string, headers: Record<string, string> = {}): ReturnType<typeof ask> =>
    ask(nginx, domain, path, { headers: { Referer: secretReferer, "User-Agent": agent, ...headers } });
  const idAtApp = (body: string): string | undefined =>
    (JSON.parse(body) as { headers: Record<string, string> }).headers["x-request-id"];

  it("has a file for each domain, also of what is redirected to TLS", async () => {
    await started({ perDomain: true });
    await visit(www, "/a");
    await visit("blog.example.com", "/b");
    await ask(nginx, www, "/c", { plain: true });
    const uris = async (name: string): Promise<string[]> =>
      (await nginx.logLines(name)).map((line) => (JSON.parse(line) as { uri: string }).uri);
    assert.deepEqual(await uris(`${www}.access.log`), ["/a", "/c"]);
    assert.deepEqual(await uris("blog.example.com.access.log"), ["/b"]);
    assert.ok(!existsSync(nginx.place("/var/log/nginx/access.log")));
  });

  it("leaves out what follows question marks, of addresses and of where visitors come from", async () => {
    await started({ queries: false, format: LogFormat.Both });
    for (const path of ["/a?token=hidden", "/b?", "/c%3Fshown"]) await visit(www, path);
    const json = (await nginx.logLines("access.log")).map((line) => JSON.parse(line) as Record<string, string>);
    assert.deepEqual(
      json.map(({ uri, referer }) => [uri, referer]),
      ["/a", "/b", "/c%3Fshown"].map((uri) => [uri, "https://other.example/page"]),
    );
    const combined = await nginx.logLines("access.combined.log");
    assert.match(combined[0]!, /"GET \/a HTTP\/1\.1" 200 \d+ "https:\/\/other\.example\/page" /);
    assert.doesNotMatch([...combined, JSON.stringify(json)].join(), /hidden/);
  });

  it("tells in both formats by which id the app knows a request, and how long it took", async () => {
    await started({ format: LogFormat.Both });
    const id = idAtApp((await visit(www, "/slow?a=b", { "X-Delay": "150" })).body);
    const json = JSON.parse((await nginx.logLines("access.log"))[0]!) as Record<string, string>;
    assert.equal(json["id"], id);
    assert.ok(Number(json["upstream_seconds"]) >= 0.15);
    const [, combinedId, seconds, upstream] =
      /"([0-9a-f]{32})" (\d+\.\d{3}) "(\d+\.\d{3})"$/.exec((await nginx.logLines("access.combined.log"))[0]!) ?? [];
    assert.equal(combinedId, id);
    assert.ok(Number(seconds) >= 0.15 && Number(upstream) >= 0.15);
  });

  it("loses no line while it is put aside", async () => {
    await started({});
    const log = nginx.place("/var/log/nginx/access.log");
    const asked: Promise<unknown>[] = [];
    for (let request = 0; request < 300; request++) {
      asked.push(visit(www, `/${request}`));
      if (request % 60 === 30) {
        renameSync(log, `${log}.${request}`);
        await nginx.reopen();
      }
    }
    await Promise.all(asked);
    await nginx.logLines("access.log");
    const all = execFileSync("sh", ["-c", `cat ${log}*`], { encoding: "utf8" })
      .trim()
      .split("\n");
    const uris = new Set(all.map((line) => (JSON.parse(line) as { uri: string }).uri));
    assert.deepEqual([all.length, uris.size], [300, 300]);
  });

  for (const format of [LogFormat.Json, LogFormat.Combined]) {
    it(`is read by GoAccess as ${format}`, async () => {
      await started({ format });
      await visit(www, "/page?a=%22b%22");
      await visit(www, "/missing", { "X-Status": "404" });
      await visit(www, "/crawled", { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
      await nginx.logLines("access.log");
      const report = wholeReport({ domain: www, ignoreCrawlers: true, title: `Of "us" 100%\\` });
      const {
        general,
        requests,
        not_found: missing,
      } = readByGoAccess(nginx.place("/var/log/nginx/access.log"), report, nginxLogs, { format });
      assert.deepEqual(
        [general.valid_requests, general.failed_requests, requests.data.map(({ data }) => data)],
        [2, 0, ['/page?a="b"']],
      );
      assert.deepEqual(
        missing.data.map(({ data }) => data),
        ["/missing"],
      );
    });
  }
});
