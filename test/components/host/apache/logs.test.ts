import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../../components/app/app";
import { LogFormat, WebLogs } from "../../../../components/app/web-logs";
import { apacheLogs } from "../../../../components/host/logs/rotation";
import { pageFolder, usersFile, wholeReport } from "../../../../components/host/report/traffic-report";
import { readByGoAccess } from "../logs/go-access";
import { ask } from "../nginx/client";
import { EchoApp, Seen } from "../nginx/echo-app";
import { RunningApache } from "./running-apache";

const www = "www.example.com";
const app = (name: string, domain: string): App => ({
  name,
  source: {},
  process: { command: ["app"] },
  routes: [{ domain }],
});
const apps = [app("shop", www), app("blog", "blog.example.com")];
const agent = 'Mozilla/5.0 "quoted" \\ (X11; Linux x86_64) Firefox/120.0';

describe("the logs of httpd", function () {
  this.timeout(120_000); // the packages may have to be fetched
  let apache: RunningApache;
  const echoes: EchoApp[] = [];
  const started = async (logs: WebLogs): Promise<void> => {
    apache = await RunningApache.start(apps, {}, {}, { logs });
    for (const { name } of apps) {
      const echo = new EchoApp(name, apache.socket(name));
      await echo.start();
      echoes.push(echo);
    }
  };
  afterEach(async () => {
    for (const echo of echoes.splice(0)) await echo.stop();
    await apache?.stop();
  });
  const visit = async (domain: string, path: string, headers: Record<string, string> = {}, plain = false) => {
    const answer = await ask(apache, domain, path, {
      plain,
      headers: { Referer: "https://other.example/page?token=hidden", "User-Agent": agent, ...headers },
    });
    await pause(100); // a line is written once the answer is sent
    return answer;
  };
  const json = (name: string): Record<string, string>[] =>
    apache.logLines(name).map((line) => JSON.parse(line) as Record<string, string>);

  it("are a file for each domain, also of what is redirected to TLS", async () => {
    await started({ perDomain: true });
    await visit(www, "/a");
    await visit("blog.example.com", "/b");
    await visit(www, "/c", {}, true);
    assert.deepEqual(
      [`${www}.access.log`, "blog.example.com.access.log"].map((name) => json(name).map(({ uri }) => uri)),
      [["/a", "/c"], ["/b"]],
    );
    assert.ok(!existsSync(apache.place("/var/log/apache2/access.log")));
  });

  it("leave out what follows question marks, of addresses and of where visitors come from", async () => {
    await started({ queries: false, format: LogFormat.Both });
    for (const path of ["/a?token=hidden", "/b?", "/c%3Fshown"]) await visit(www, path);
    await visit(www, "/d", { Referer: Buffer.from("https://other.example/\u00fc?token=hidden").toString("latin1") });
    const lines = json("access.log");
    assert.deepEqual(
      lines.slice(0, 3).map(({ uri, referer }) => [uri, referer]),
      ["/a", "/b", "/c%3Fshown"].map((uri) => [uri, "https://other.example/page"]),
    );
    const combined = apache.logLines("access.combined.log");
    assert.match(combined[0]!, /"GET \/a HTTP\/1\.1" 200 \d+ "https:\/\/other\.example\/page" /);
    assert.doesNotMatch([...combined, JSON.stringify(lines)].join(), /hidden/);
  });

  it("tell in both formats by which id the app knows a request, and how long it took", async () => {
    await started({ format: LogFormat.Both });
    const { headers } = JSON.parse((await visit(www, "/slow?a=b", { "X-Delay": "150" })).body) as Seen;
    const id = headers["x-request-id"];
    const [line] = json("access.log");
    assert.equal(line!["id"], id);
    const [, combinedId, milliseconds] = /"(\S+)" (\d+)$/.exec(apache.logLines("access.combined.log")[0]!) ?? [];
    assert.equal(combinedId, id);
    assert.ok(Number(milliseconds) >= 150 && Number(line!["milliseconds"]) >= 150, milliseconds);
  });

  it("lose no line while they are put aside", async () => {
    await started({});
    const log = apache.place("/var/log/apache2/access.log");
    const asked: Promise<unknown>[] = [];
    for (let request = 0; request < 120; request++) {
      asked.push(visit(www, `/${request}`));
      if (request % 60 !== 30) continue;
      renameSync(log, `${log}.${request}`);
      await apache.reload();
    }
    await Promise.all(asked);
    const all = execFileSync("sh", ["-c", `cat ${log}*`], { encoding: "utf8" })
      .trim()
      .split("\n");
    assert.equal(new Set(all.map((line) => (JSON.parse(line) as { uri: string }).uri)).size, 120);
  });

  for (const format of [LogFormat.Json, LogFormat.Combined]) {
    it(`are read by GoAccess as ${format}`, async () => {
      await started({ format });
      await visit(www, "/page?a=%22b%22");
      await visit(www, "/missing", { "X-Status": "404" });
      await visit(www, "/crawled", { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
      const report = wholeReport({ domain: www, ignoreCrawlers: true });
      const file = apache.place("/var/log/apache2/access.log");
      const { general, requests, not_found: missing } = readByGoAccess(file, report, apacheLogs, { format });
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

  describe("with a report", () => {
    const basic = (given: string) => ({ Authorization: `Basic ${Buffer.from(`report:${given}`).toString("base64")}` });
    const write = (path: string, content: string): void => {
      mkdirSync(dirname(apache.place(path)), { recursive: true });
      writeFileSync(apache.place(path), content);
    };
    beforeEach(async () => {
      await started({ report: { domain: www, path: "/inner/report/" } });
      const hash = execFileSync("openssl", ["passwd", "-6", "secret"], { encoding: "utf8" });
      write(usersFile, `report:${hash}`);
      write(`${pageFolder}/index.html`, "<h1>Traffic</h1>");
    });

    it("show it to who knows the password, at its domain alone", async () => {
      const [mine, stranger, wrong, bare, other, beside] = await Promise.all([
        visit(www, "/inner/report/", basic("secret")),
        visit(www, "/inner/report/"),
        visit(www, "/inner/report/index.html", basic("wrong")),
        visit(www, "/inner/report", basic("secret")),
        visit("blog.example.com", "/inner/report/"),
        visit(www, "/inner/reports/"),
      ]);
      assert.deepEqual(
        [mine, stranger, wrong, bare, other, beside].map(({ status }) => status),
        [200, 401, 401, 308, 200, 200],
      );
      assert.equal(mine.body, "<h1>Traffic</h1>");
      assert.deepEqual(
        [mine.headers["cache-control"], mine.headers["x-content-type-options"]],
        [["no-cache"], ["nosniff"]],
      );
      assert.deepEqual(
        [other, beside].map(({ body }) => (JSON.parse(body) as Seen).app),
        ["blog", "shop"],
      );
    });

    it("do not count who looks at it", async () => {
      await visit(www, "/inner/report/", basic("secret"));
      await visit(www, "/counted");
      assert.deepEqual(
        json("access.log").map(({ uri }) => uri),
        ["/counted"],
      );
    });
  });
});
