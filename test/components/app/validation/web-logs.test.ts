import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import { describeProblems } from "../../../../components/app/problem";
import { webProblems, webWarnings } from "../../../../components/app/validation/web";
import { LogFormat, LogPeriod, TrafficReport, WebLogs } from "../../../../components/app/web-logs";
import { sampleApp } from "../sample-app";

const app: App = sampleApp({
  name: "shop",
  routes: [{ domain: "www.example.com", path: "/shop/" }, { domain: "own.example.com" }],
});
const said = (logs: WebLogs, of: App = app): string => describeProblems("", webProblems({ logs }, [of]));
const report = (more: Partial<TrafficReport>): WebLogs => ({ report: { domain: "www.example.com", ...more } });

describe("the logs of a web server", () => {
  it("have no problems when all is well", () => {
    const rotate = { every: LogPeriod.Weekly, keep: 52, compress: false };
    const all = { realTime: true, ignoreCrawlers: true, keepDays: 400, title: 'A "title"', user: "ops.1" };
    const logs = { format: LogFormat.Both, perDomain: true, queries: false, rotate, ...report(all) };
    assert.deepEqual(webProblems({ logs }, [app]), []);
    assert.deepEqual(webWarnings({ logs }), []);
  });

  const wrong: [what: string, WebLogs, RegExp][] = [
    ["an unknown format", { format: "jsn" as LogFormat }, /web\.logs\.format +"jsn" is not one .* did you mean "json"/],
    [
      "an unknown period",
      { rotate: { every: "hourly" as LogPeriod } },
      /web\.logs\.rotate\.every +"hourly" is not one/,
    ],
    [
      "no kept logs",
      { rotate: { keep: 0 } },
      /web\.logs\.rotate\.keep +0 is out of range; use whole numbers from 1 to/,
    ],
    ["a report of nowhere", { report: {} as TrafficReport }, /web\.logs\.report\.domain +is missing/],
    ["a report at no domain of ours", report({ domain: "ww.example.com" }), /report\.domain +.* did you mean "www\./],
    [
      "a report at an app's place",
      report({ path: "/shop/" }),
      /"\/shop\/" on www\.example\.com is in the way of "\/shop\/" of app 'shop'/,
    ],
    [
      "a report at the place of all",
      report({ domain: "own.example.com", path: "/" }),
      /in the way of "\/" of app 'shop'/,
    ],
    ["a path without a slash", report({ path: "/report" }), /report\.path +"\/report" does not end with a slash/],
    [
      "a path with a quote",
      report({ path: '/a"b/' }),
      /report\.path +.* has characters that a URL only carries encoded/,
    ],
    ["a user with a colon", report({ user: "a:b" }), /report\.user +"a:b" cannot name a user/],
    ["a user of an open page", report({ user: "ops", open: true }), /report\.user +"ops" has no effect on a page that/],
    ["a title of two lines", report({ title: "a\nb" }), /report\.title +.* contains a line break/],
    ["a title of HTML", report({ title: "<b>" }), /report\.title +"<b>" has signs that GoAccess writes into the page/],
    ["a timer of what needs none", report({ realTime: true, everyMinutes: 5 }), /everyMinutes +5 has no effect/],
    ["a timer without pause", report({ everyMinutes: 0 }), /everyMinutes +0 is out of range/],
    ["figures of no day", report({ keepDays: 0 }), /keepDays +0 is out of range/],
  ];
  for (const [what, logs, message] of wrong) it(`refuse ${what}`, () => assert.match(said(logs), message));

  it("refuse a route at the websocket of the report", () => {
    const below = sampleApp({ name: "a", routes: [{ domain: "www.example.com", path: "/report/ws/" }] });
    assert.match(
      said(report({}), below),
      /"\/report\/" on www\.example\.com is in the way of "\/report\/ws\/" of app 'a'/,
    );
  });

  it("refuse an app at the port of GoAccess, and only where it listens", () => {
    const own = sampleApp({ name: "a", routes: [{ domain: "www.example.com" }], listen: { via: "port", port: 7890 } });
    assert.match(
      said(report({ realTime: true }), own),
      /report\.realTime +true needs port 7890, which app 'a' listens on/,
    );
    assert.deepEqual(webProblems({ logs: report({}) }, [own]), []);
  });

  it("warn of a report that everybody sees", () =>
    assert.match(
      webWarnings({ logs: report({ open: true }) }).join(),
      /everybody sees https:\/\/www\.example\.com\/report\//,
    ));
});
