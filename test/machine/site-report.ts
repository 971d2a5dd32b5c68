import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { TrafficReport } from "../../components/app/web-logs";
import { logDomains } from "../behaviour/logs";
import { eventually } from "../eventually";
import { SiteAnswer, TestSite } from "./site";

export const reportPassword = "correct horse: battery $taple";
export const reportParameters = { "secrets/web.server/report-password": reportPassword };
const domain = logDomains[0];

export const reportPath = "/inner/report/";

/** What `reportBehaviour` looks at, at the domain of the first of `logsApps`. */
export const realTimeReport: TrafficReport = {
  domain,
  realTime: true,
  user: "ops",
  path: reportPath,
  title: `It's "us" 100%`,
};

export const basic = (user: string, given: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${user}:${given}`).toString("base64")}`,
});
export const show = (site: TestSite, path: string, headers = basic("ops", reportPassword)): Promise<SiteAnswer> =>
  site.request(`${site.origin(domain)}${path}`, { headers });
export const visit = async (site: TestSite, path: string): Promise<void> =>
  void (await site.request(`${site.origin(domain)}${path}`, { headers: { "User-Agent": "Firefox/120.0" } }));
/** GoAccess writes slashes with a backslash. */
export const plain = (figures: string): string => figures.replaceAll("\\/", "/");

/**
 * The report in real time, by every web server that has one. Call it in the body of `describe`.
 *
 * @param folder that of the web server's logs
 */
export function reportBehaviour(site: TestSite, folder: string): void {
  it("shows its report to who knows the password, and nobody else", async () => {
    await eventually(async () => assert.equal((await show(site, reportPath)).status, 200));
    const answers = await Promise.all([
      site.request(`${site.origin(domain)}/inner/report/`),
      show(site, reportPath, basic("ops", "wrong")),
      show(site, reportPath, basic("report", reportPassword)),
      site.request(`${site.origin(domain)}/inner/report/ws`),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 401],
    );
    const { body, headers } = await show(site, reportPath);
    assert.ok(body.includes(`It's "us" 100%`));
    assert.match(body, new RegExp(`wss://${domain}:${site.httpsPort}/inner/report/ws`));
    assert.deepEqual(headers["x-content-type-options"], ["nosniff"]);
    assert.equal((await show(site, "/inner/report")).status, 308);
  });

  it("tells the page what happens, by the web server alone", async () => {
    const headers = { ...basic("ops", reportPassword), Origin: site.origin(domain) };
    const socket = await site.websocket(`${site.origin(domain).replace("https", "wss")}/inner/report/ws`, {
      headers,
    });
    try {
      // In real time GoAccess shows the 50 addresses that are asked for most.
      for (let visits = 0; visits < 30; visits++) await visit(site, "/seen-at-once");
      await eventually(async () => {
        assert.ok(plain(await socket.next()).includes("/seen-at-once"));
      });
    } finally {
      socket.close();
    }
    const listening = await site.machine.exec("ss --listening --tcp --numeric --no-header");
    const addresses = listening.split("\n").flatMap((line) => /\s(\S+):7890\s/.exec(line)?.[1] ?? []);
    assert.deepEqual(addresses, ["127.0.0.1"]);
  });

  it("refuses the figures to pages of others", async () => {
    const headers = { ...basic("ops", reportPassword), Origin: "https://evil.example" };
    await assert.rejects(site.websocket(`wss://${domain}:${site.httpsPort}/inner/report/ws`, { headers }));
  });

  it("does not count who looks at the report", async () => {
    await pause(1300);
    const logged = await site.machine.exec(`cat ${folder}/*access.log`);
    assert.match(logged, /seen-at-once/);
    assert.doesNotMatch(logged, /inner.{1,2}report/);
  });
}
