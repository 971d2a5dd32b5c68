import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { App } from "../../../../components/app/app";
import { LogFormat, WebLogs } from "../../../../components/app/web-logs";
import type { RotatedLogs } from "../../../../components/host/logs/rotation";
import { wholeReport } from "../../../../components/host/report/traffic-report";
import type { StartedServer } from "../loopback-subject";
import { Answer, ask, Request } from "../nginx/client";
import { EchoApp, Seen } from "../nginx/echo-app";
import { readByGoAccess } from "./go-access";

export const www = "www.example.com";
const app = (name: string, domain: string): App => ({
  name,
  source: {},
  process: { command: ["app"] },
  routes: [{ domain }],
});
const apps = [app("shop", www), app("blog", "blog.example.com")];

const secretReferer = "https://other.example/page?token=hidden";
const agent = 'Mozilla/5.0 "quoted" \\ (X11; Linux x86_64) Firefox/120.0';

/** A web server that writes what it is asked for. */
export interface LoggingServer extends StartedServer {
  /** Where a file of a host is here. */
  place(path: string): string;
  /** The lines of one of its logs. */
  logLines(name: string): string[] | Promise<string[]>;
}

/** What is special about the log of a web server. */
export interface Logging<Server extends LoggingServer> {
  logs: RotatedLogs;
  start(apps: readonly App[], logs: WebLogs): Promise<Server>;
  /** Has it open its logs anew. */
  reopen(server: Server): Promise<void>;
  /** Requests that are sent while logs are put aside. */
  requests: number;
  /** The id, and all times in seconds, at the end of a line of `combined`. */
  ending: RegExp;
  /** The times of a line of JSON, in seconds. */
  seconds(line: Record<string, string>): number[];
  /** What a time at the end of `combined` is of a second. @default 1 */
  unit?: number;
}

/** A web server whose log is looked at. */
export interface Logged<Server extends LoggingServer> {
  readonly server: Server;
  started(logs: WebLogs): Promise<void>;
  visit(domain: string, path: string, headers?: Record<string, string>, more?: Request): Promise<Answer>;
  /** Lines of JSON. */
  json(name: string): Promise<Record<string, string>[]>;
}

/** What is in the access log of a web server, whichever it is. Call it in the body of `describe`. */
export function accessLogBehaviour<Server extends LoggingServer>(of: Logging<Server>): Logged<Server> {
  let server: Server | undefined;
  const echoes: EchoApp[] = [];
  afterEach(async () => {
    for (const echo of echoes.splice(0)) await echo.stop();
    await server?.stop();
    server = undefined;
  });
  const lines = async (name: string): Promise<string[]> => {
    await pause(150); // a line is written once the answer is sent
    return logged.server.logLines(name);
  };
  const logged: Logged<Server> = {
    get server() {
      if (!server) throw new Error("the web server is not started yet");
      return server;
    },
    async started(logs) {
      server = await of.start(apps, logs);
      for (const { name } of apps) {
        const echo = new EchoApp(name, server.socket(name));
        await echo.start();
        echoes.push(echo);
      }
    },
    visit(domain, path, headers = {}, more = {}) {
      return ask(this.server, domain, path, {
        ...more,
        headers: { Referer: secretReferer, "User-Agent": agent, ...headers },
      });
    },
    async json(name) {
      return (await lines(name)).map((line) => JSON.parse(line) as Record<string, string>);
    },
  };
  const file = (): string => logged.server.place(`${of.logs.folder}/access.log`);

  it("has a file for each domain, also of what is redirected to TLS", async () => {
    await logged.started({ perDomain: true });
    await logged.visit(www, "/a");
    await logged.visit("blog.example.com", "/b");
    await logged.visit(www, "/c", {}, { plain: true });
    const uris = async (name: string): Promise<unknown[]> => (await logged.json(name)).map(({ uri }) => uri);
    assert.deepEqual(await uris(`${www}.access.log`), ["/a", "/c"]);
    assert.deepEqual(await uris("blog.example.com.access.log"), ["/b"]);
    assert.ok(!existsSync(file()));
  });

  it("leaves out what follows question marks, of addresses and of where visitors come from", async () => {
    await logged.started({ queries: false, format: LogFormat.Both });
    for (const path of ["/a?token=hidden", "/b?", "/c%3Fshown"]) await logged.visit(www, path);
    const foreign = Buffer.from("https://other.example/\u00fc?token=hidden").toString("latin1");
    await logged.visit(www, "/d", { Referer: foreign });
    const json = await logged.json("access.log");
    assert.deepEqual(
      json.slice(0, 3).map(({ uri, referer }) => [uri, referer]),
      ["/a", "/b", "/c%3Fshown"].map((uri) => [uri, "https://other.example/page"]),
    );
    const combined = await lines("access.combined.log");
    assert.match(combined[0]!, /"GET \/a HTTP\/1\.1" 200 \d+ "https:\/\/other\.example\/page" /);
    assert.doesNotMatch([...combined, JSON.stringify(json)].join(), /hidden/);
  });

  it("tells in both formats by which id the app knows a request, and how long it took", async () => {
    await logged.started({ format: LogFormat.Both });
    const { headers } = JSON.parse((await logged.visit(www, "/slow?a=b", { "X-Delay": "150" })).body) as Seen;
    const id = headers["x-request-id"];
    const [line] = await logged.json("access.log");
    const [, combinedId, ...times] = of.ending.exec((await lines("access.combined.log"))[0]!) ?? [];
    assert.deepEqual([line!["id"], combinedId], [id, id]);
    const seconds = [...of.seconds(line!), ...times.map((time) => Number(time) * (of.unit ?? 1))];
    assert.ok(seconds.length > 1 && seconds.every((one) => one >= 0.15), String(seconds));
  });

  it("loses no line while it is put aside", async () => {
    await logged.started({});
    const log = file();
    const asked: Promise<unknown>[] = [];
    for (let request = 0; request < of.requests; request++) {
      asked.push(logged.visit(www, `/${request}`));
      if (request % 60 !== 30) continue;
      renameSync(log, `${log}.${request}`);
      await of.reopen(logged.server);
    }
    await Promise.all(asked);
    await lines("access.log");
    const all = execFileSync("sh", ["-c", `cat ${log}*`], { encoding: "utf8" })
      .trim()
      .split("\n");
    const uris = new Set(all.map((line) => (JSON.parse(line) as { uri: string }).uri));
    assert.deepEqual([all.length, uris.size], [of.requests, of.requests]);
  });

  for (const format of [LogFormat.Json, LogFormat.Combined]) {
    it(`is read by GoAccess as ${format}`, async () => {
      await logged.started({ format });
      await logged.visit(www, "/page?a=%22b%22");
      await logged.visit(www, "/missing", { "X-Status": "404" });
      await logged.visit(www, "/crawled", { "User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
      await lines("access.log");
      const report = wholeReport({ domain: www, ignoreCrawlers: true, title: `Of "us" 100%\\` });
      const { general, requests, not_found: missing } = readByGoAccess(file(), report, of.logs, { format });
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
  return logged;
}
