import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { createSecureContext } from "node:tls";
import type { App } from "../../components/app/app";
import { serviceUnit } from "../../components/app/paths";
import { exampleApps } from "../../examples/apps";
import { load, LoadArgs, LoadResult } from "../load";
import { useSite } from "./site";
import { Editions } from "./site-editions";

const domain = "landfall.localhost";
const requestsPerSecond = 200;

describe("under 200 requests a second, each on a connection of its own", function () {
  this.timeout(90_000);
  const editions = new Editions();
  const [journal, dashboard, live] = exampleApps({ domain, mailHost: "mail.internal" }) as [App, App, App];
  const web = useSite({ apps: [journal, dashboard, live], debian: 12 });
  after(() => editions.remove());

  /** Puts an app through what may happen while it is visited: restarts, reloads of nginx and a release. */
  const changes = async (app: App, edition: App): Promise<void> => {
    const restart = ["systemctl", "restart", serviceUnit(app.name)];
    const reload = ["systemctl", "reload", "nginx"];
    for (const act of [restart, reload, restart, reload, restart]) {
      await pause(500);
      await web.machine.exec(act);
    }
    await pause(500);
    await web.apply([journal, dashboard, live].map((one) => (one === app ? edition : one)));
    await pause(1000);
  };

  /** Visits an app, at an even rate, until its changes are over, and expects every visitor to be answered. */
  const expectNoneFailed = async (name: string, change: Promise<void>, args: Partial<LoadArgs>): Promise<void> => {
    // Made once: to read the authority's certificate again for each request costs as much as the rest of it.
    const target = { ...web.target(name), secureContext: createSecureContext({ ca: web.ca }) };
    const began = performance.now();
    let changing = true;
    const changed = change.finally(() => (changing = false));
    const loads: Promise<LoadResult>[] = [];
    // The next second's visitors come whether or not the ones before were answered.
    while (changing || loads.length < 10) {
      loads.push(
        load({
          target,
          tls: true,
          requestsPerSecond,
          seconds: 1,
          ...args,
          headers: { Host: `${name}:${web.httpsPort}`, ...args.headers },
        }),
      );
      await pause(began + loads.length * 1000 - performance.now());
    }
    const results = await Promise.all(loads);
    await changed;
    const failed = results.flatMap((result, second) =>
      result.failed.map((one) => `${one.method} after ${(second + one.after).toFixed(1)} s: ${one.reason}`),
    );
    if (failed.length > 0) {
      const log = await web.machine.exec("tail -n 5 /var/log/nginx/error.log");
      assert.fail(
        `${failed.length} of ${results.length * requestsPerSecond} failed: ${failed.slice(0, 5).join(", ")}\n${log}`,
      );
    }
    const medians = results.map((result) => result.medianMs).sort((a, b) => a - b);
    const slowest = Math.max(...results.map((result) => result.slowestMs));
    process.stderr.write(
      `      ${results.length * requestsPerSecond} in ${results.length} s, 0 failed; ` +
        `median ${medians[medians.length >> 1]!.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms\n`,
    );
  };

  for (const method of ["GET", "POST"]) {
    it(`no ${method} to the ESG app fails while it restarts, gets a release, and nginx reloads`, async () => {
      const edition = editions.edit(live, "page.html", "<h1>Live</h1>", `<h1>Live for ${method}</h1>`);
      await expectNoneFailed(`live.${domain}`, changes(live, edition), {
        methods: [method],
        ...(method === "GET" ? { path: "/", contains: "<h1>Live" } : { path: "/echo", body: "a=b", contains: "a=b" }),
      });
    });
  }

  it("no GET to the Publ app fails meanwhile", async () => {
    const edition = editions.edit(journal, "content/first-light.md", "The site is up", "The site is well up");
    await expectNoneFailed(domain, changes(journal, edition), {
      methods: ["GET"],
      // Light to answer: two cores carry the clients as well.
      path: "/health",
      contains: "journal is well",
    });
  });

  it("no GET and no POST to the Gramex app fails meanwhile", async () => {
    const edition = editions.edit(dashboard, "index.html", "Harbour dashboard", "Harbour board");
    await expectNoneFailed(domain, changes(dashboard, edition), {
      methods: ["GET", "POST"],
      path: "/dashboard/seen",
      contains: '"path": "/seen"',
      // As a page of the app would send it: a visitor's token, by cookie and by header.
      headers: { Cookie: "_xsrf=0123456789abcdef", "X-Xsrftoken": "0123456789abcdef" },
    });
  });
});
