import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { LogFormat } from "../../components/app/web-logs";
import { LoggedSubject, logDomains, logsApps, logsBehaviour } from "../behaviour/logs";
import { eventually } from "../eventually";
import { TestSite, useSite } from "./site";
import {
  basic,
  plain,
  realTimeReport,
  reportBehaviour,
  reportParameters,
  reportPassword,
  reportPath,
  show,
  visit,
} from "./site-report";

const domain = logDomains[0];

const run = (site: TestSite, command: string): Promise<string> => site.machine.exec(command);

describe("the logs of a site", function () {
  this.timeout(60_000);

  describe("with a file for each domain and a report in real time", () => {
    const logs = { perDomain: true, report: realTimeReport };
    const site = useSite({ debian: 12, apps: [...logsApps], parameters: reportParameters, web: { logs } });
    const subject: LoggedSubject = {
      get httpPort() {
        return site.httpPort;
      },
      get httpsPort() {
        return site.httpsPort;
      },
      origin: (name) => site.origin(name),
      request: (url, request) => site.request(url, request),
      logLines: async (name) => {
        await pause(1300); // written each second
        return (await run(site, `cat /var/log/nginx/${name}.access.log`)).trim().split("\n");
      },
    };
    logsBehaviour(subject);

    it("loses no line when they are put aside under load, and does it by itself", async () => {
      let going = true;
      let asked = 0;
      // One address: in real time GoAccess shows the first 50 alone.
      const load = async (): Promise<void> => {
        for (; going; asked++) await visit(site, "/load");
      };
      const clients = [load(), load(), load(), load()];
      for (let time = 0; time < 3; time++) {
        await pause(700);
        await run(site, "logrotate --force /etc/logrotate.d/nginx");
      }
      await pause(500);
      going = false;
      await Promise.all(clients);
      await pause(1300);
      const folder = "/var/log/nginx";
      const counted = await run(site, `zcat -f ${folder}/${domain}.access.log* | grep -c '"/load"'`);
      assert.ok(asked > 100, `${asked}`);
      assert.equal(Number(counted), asked);
      assert.equal((await run(site, "systemctl is-active logrotate.timer")).trim(), "active");
      assert.match(await run(site, `ls ${folder}`), /\.access\.log\.2\.gz/);
    });

    it("has a program that puts the domains' logs together", async () => {
      const merged = await run(site, "landfall-logs /var/log/nginx/*.access.log /var/log/nginx/*.access.log.*");
      const times = merged
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { time: string }).time);
      assert.ok(times.length > 100);
      assert.deepEqual(times, [...times].sort());
    });

    it("rotates nothing twice", async () => {
      const said = await run(site, "logrotate --debug /etc/logrotate.conf 2>&1");
      assert.doesNotMatch(said, /^error|duplicate/m);
      assert.equal(said.match(/rotating pattern: \/var\/log\/nginx/g)?.length, 1);
    });

    reportBehaviour(site, "/var/log/nginx");

    it("goes on counting after logs were put aside, and after a restart", async () => {
      await run(site, "logrotate --force /etc/logrotate.d/nginx");
      await visit(site, "/after-rotation");
      await pause(2500);
      await run(site, "systemctl restart landfall-report.service");
      await eventually(async () => {
        const { body } = await show(site, reportPath);
        for (const path of ["/after-rotation", "/seen-at-once"]) assert.ok(plain(body).includes(path), path);
      });
    });

    it("keeps the password out of plan, arguments and journal", async () => {
      assert.ok(!JSON.stringify(site.plan).includes(reportPassword));
      const everywhere = "cat /proc/[0-9]*/cmdline /etc/systemd/system/*; journalctl --no-pager --output=cat";
      assert.ok(!(await run(site, `(${everywhere}) 2>/dev/null || true`)).includes(reportPassword));
      const users = (await run(site, "stat --format='%a %U %G' /etc/landfall/report/users")).trim();
      assert.equal(users, "640 root www-data");
    });
  });

  describe("in one file of lines as others read them, and a report by a timer", () => {
    const report = { domain, everyMinutes: 1, ignoreCrawlers: true };
    const logs = { format: LogFormat.Combined, queries: false, report };
    const site = useSite({ debian: 13, apps: [...logsApps], web: { logs } });

    it("makes up a password that nobody but root reads", async () => {
      const file = "/etc/landfall/secrets/web.server/report-password";
      assert.equal((await run(site, `stat --format='%a %U' ${file}`)).trim(), "600 root");
      const made = (await run(site, `cat ${file}`)).trim();
      await visit(site, "/page?token=token-of-a-visitor");
      await pause(1300);
      await run(site, "systemctl start landfall-report.service");
      const { status, body } = await show(site, "/report/", basic("report", made));
      assert.equal(status, 200);
      assert.ok(plain(body).includes('"/page"') && !body.includes("token-of-a-visitor"));
    });

    it("counts what was written before logs were put aside, once", async () => {
      for (let visits = 0; visits < 5; visits++) await visit(site, "/five-times");
      await pause(1300);
      await run(site, "logrotate --force /etc/logrotate.d/nginx");
      await visit(site, "/first-of-new");
      await pause(1300);
      for (let time = 0; time < 2; time++) await run(site, "systemctl start landfall-report.service");
      const page = plain(await run(site, "cat /var/lib/landfall/report/page/index.html"));
      const hits = (path: string): string | undefined =>
        new RegExp(`"hits":\\s*\\{\\s*"count":\\s*(\\d+)[^{}]*\\}(?:(?!"hits").)*?"data":\\s*"${path}"`, "s").exec(
          page,
        )?.[1];
      assert.deepEqual([hits("/five-times"), hits("/first-of-new")], ["5", "1"]);
    });
  });
});
