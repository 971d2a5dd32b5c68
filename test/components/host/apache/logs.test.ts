import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { apacheLogs } from "../../../../components/host/logs/rotation";
import { pageFolder, usersFile } from "../../../../components/host/report/traffic-report";
import { accessLogBehaviour, www } from "../logs/access-log-behaviour";
import type { Seen } from "../nginx/echo-app";
import { RunningApache } from "./running-apache";

describe("the access log of httpd", function () {
  this.timeout(120_000); // the packages may have to be fetched
  const logged = accessLogBehaviour({
    logs: apacheLogs,
    start: (apps, logs) => RunningApache.start(apps, {}, {}, { logs }),
    reopen: (apache) => apache.reload(),
    requests: 120,
    ending: /"(\S+)" (\d+)$/,
    unit: 0.001,
    seconds: (line) => [Number(line["milliseconds"]) / 1000],
  });

  describe("with a report", () => {
    const basic = (given: string) => ({ Authorization: `Basic ${Buffer.from(`report:${given}`).toString("base64")}` });
    const write = (path: string, content: string): void => {
      mkdirSync(dirname(logged.server.place(path)), { recursive: true });
      writeFileSync(logged.server.place(path), content);
    };
    beforeEach(async () => {
      await logged.started({ report: { domain: www, path: "/inner/report/" } });
      const hash = execFileSync("openssl", ["passwd", "-6", "secret"], { encoding: "utf8" });
      write(usersFile, `report:${hash}`);
      write(`${pageFolder}/index.html`, "<h1>Traffic</h1>");
    });

    it("show it to who knows the password, at its domain alone", async () => {
      const [mine, stranger, wrong, bare, other, beside] = await Promise.all([
        logged.visit(www, "/inner/report/", basic("secret")),
        logged.visit(www, "/inner/report/"),
        logged.visit(www, "/inner/report/index.html", basic("wrong")),
        logged.visit(www, "/inner/report", basic("secret")),
        logged.visit("blog.example.com", "/inner/report/"),
        logged.visit(www, "/inner/reports/"),
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
      await logged.visit(www, "/inner/report/", basic("secret"));
      await logged.visit(www, "/counted");
      assert.deepEqual(
        (await logged.json("access.log")).map(({ uri }) => uri),
        ["/counted"],
      );
    });
  });
});
