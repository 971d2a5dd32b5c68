import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { App } from "../../../../components/app/app";
import { LogFormat, TrafficReport, WebLogs } from "../../../../components/app/web-logs";
import { guest } from "../../../../components/host/guest";
import { HostParts } from "../../../../components/host/host-parts";
import { directHops } from "../../../../components/host/hops";
import { parse } from "../../../../components/host/nginx/parse";
import { nginxFiles } from "../../../../components/host/nginx/files";
import { planHost } from "../../../../components/host/plan-host";
import { nginxLogs } from "../../../../components/host/logs/rotation";
import { planReport } from "../../../../components/host/report/plan-report";
import { reportService } from "../../../../components/host/report/report-units";
import { assertGolden } from "../golden";
import { RunningNginx } from "../nginx/running-nginx";
import { readWords } from "../systemd/unit-reader";

const domain = "www.example.com";
const app: App = {
  name: "shop",
  source: { directory: "shop" },
  process: { command: ["./shop"] },
  routes: [{ domain }],
};
const planned = (report: Partial<TrafficReport>, logs: WebLogs = {}): HostParts =>
  planReport(
    nginxLogs,
    { ...logs, report: { domain, ...report } },
    directHops,
    [domain, "blog.example.com"],
    guest(12),
  );
const textOf = ({ files }: HostParts, end: string): string => files.find(({ path }) => path.endsWith(end))!.content;
const startOf = (plan: HostParts): string[] =>
  readWords(/^ExecStart=(.*)$/m.exec(textOf(plan, reportService))![1]!, true);

describe("the report of the access log", () => {
  for (const { path, content } of [...planned({}).files, ...planned({ realTime: true }).files.slice(0, 1)]) {
    const kind = content.includes("--real-time-html") ? "real-time" : "by-timer";
    const name = path.split("/").at(-1)!;
    it(`has the ${name} that was read in review, ${kind}`, () => {
      if (!content.startsWith("#!")) assertGolden(join(__dirname, "golden", kind, name), content);
      assert.match(content, name === "report-password" ? /^#!\/usr\/bin\/python3\n/ : /^\[Unit\]\n/);
    });
  }

  it("is nothing where none is asked for", () => {
    const nothing = planReport(nginxLogs, {}, directHops, [domain], guest(12));
    assert.deepEqual(Object.values(nothing).flat(), []);
  });

  it("may have the whole of a domain that no route has the root of", async () => {
    const inner: App = { ...app, routes: [{ domain, path: "/shop/" }] };
    assert.equal(RunningNginx.check([inner], { logs: { report: { domain, path: "/" } } }), "");
  });

  it("has a password that the host makes up, and the plan does not have", () => {
    const plan = planHost({
      apps: [app],
      code: { shop: { digest: "a".repeat(64) } },
      debian: 12,
      hops: directHops,
      web: { logs: { report: { domain } } },
    });
    assert.deepEqual(plan.secrets, [
      {
        app: "web.server",
        name: "report-password",
        path: "/etc/landfall/secrets/web.server/report-password",
        parameter: "secrets/web.server/report-password",
        generate: true,
        unit: "landfall-report-password.service",
      },
    ]);
    assert.ok(plan.packages.includes("goaccess") && plan.users.some(({ name }) => name === "landfall-report"));
  });

  it("asks nobody for a password where everybody sees it", () => {
    const { secrets, units, files, directories } = planned({ open: true });
    assert.deepEqual([secrets, units], [[], ["landfall-report.timer"]]);
    assert.ok(![...files, ...directories].some(({ path }) => /password|\/etc\/landfall/.test(path)));
  });

  it("reads the files of all domains, and of two formats the one", () => {
    const logs = { perDomain: true, format: LogFormat.Both };
    assert.deepEqual(startOf(planned({ realTime: true }, logs)).slice(1, 3), [
      "/var/log/nginx/www.example.com.access.log",
      "/var/log/nginx/blog.example.com.access.log",
    ]);
    const start = startOf(planned({}, logs));
    const { find, names } = { find: start[0], names: new RegExp(`^${start[start.indexOf("-regex") + 1]}$`) };
    assert.equal(find, "/usr/bin/find");
    const here = ["access.log", "access.log.1", "www.example.com.access.log", "www.example.com.access.log.1"];
    const others = ["access.combined.log", "www.example.com.access.combined.log", "error.log", "access.log.2.gz"];
    assert.deepEqual(
      [...here, ...others].filter((name) => names.test(`/var/log/nginx/${name}`)),
      here,
    );
  });

  it("gets figures by a websocket of its page, on the public port", () => {
    const report = { domain, realTime: true, path: "/traffic/" };
    const hops = { ...directHops, publicHttpsPort: 8443 };
    const start = startOf(planReport(nginxLogs, { report }, hops, [domain], guest(12)));
    for (const word of ["--ws-url=wss://www.example.com:8443/traffic/ws", "--origin=https://www.example.com:8443"])
      assert.ok(start.includes(word), start.join(" "));
  });

  it("carries any title as it is", () => {
    const titles = fc
      .oneof(
        fc.string({ unit: "grapheme" }),
        fc.array(fc.constantFrom(..."%$\"'\\;#{} a")).map((all) => all.join("")),
      )
      .filter((title) => !/[\p{Cc}\p{Surrogate}]/u.test(title));
    fc.assert(
      fc.property(titles, (title) => {
        assert.ok(startOf(planned({ title })).includes(`--html-report-title=${title}`));
      }),
    );
  });

  it("is shown at any path of its domain and nowhere else, and not counted", () => {
    const segment = fc.string({ unit: fc.constantFrom(..."ab1-._~!$&'()*+,;=:@"), minLength: 1, maxLength: 6 });
    const paths = fc.array(
      segment.filter((text) => text !== "." && text !== ".."),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(paths, fc.boolean(), (segments, realTime) => {
        const path = `/${segments.map((text) => `${text}/`).join("")}`;
        const routes = [{ domain, path: "/elsewhere/app/" }, { domain: "blog.example.com" }];
        const web = { logs: { report: { domain, path, realTime } } };
        const files = nginxFiles([{ ...app, routes }], directHops, guest(12), web);
        const at = (name: string): string => files.find((file) => file.path.endsWith(`/${name}.conf`))!.content;
        const locations = parse(at(domain)).flatMap(({ block = [] }) =>
          block.filter(({ name }) => name === "location"),
        );
        const page = locations.find(({ args }) => args[1] === path && args[0] === "^~");
        const has = (name: string): readonly string[] | undefined =>
          page?.block?.find((one) => one.name === name)?.args;
        assert.deepEqual(
          [has("auth_basic_user_file"), has("access_log"), has("alias")],
          [["/etc/landfall/report/users"], ["off"], ["/var/lib/landfall/report/page/"]],
        );
        const guarded = locations.filter(({ block = [] }) => block.some(({ name }) => name === "auth_basic"));
        assert.equal(guarded.length, realTime ? 2 : 1);
        assert.doesNotMatch(at("blog.example.com"), /auth_basic/);
      }),
    );
  });

  describe("its file of users", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-report-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    const program = join(__dirname, "../../../../components/host/report/report-password.py");
    const group = execFileSync("id", ["-gn"], { encoding: "utf8" }).trim();

    const make = (password: string): { status: number | null; stderr: string } => {
      writeFileSync(join(folder, "password"), password);
      return spawnSync("python3", [program, "ops", join(folder, "users"), group], {
        env: { ...process.env, CREDENTIALS_DIRECTORY: folder },
        encoding: "utf8",
      });
    };

    it("has the hash of the password, and is for root and the web server alone", function () {
      if (process.getuid?.() !== 0) this.skip(); // only root may give files away
      this.timeout(20_000);
      fc.assert(
        fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 }), (password) => {
          assert.equal(make(`${password}\n`).stderr, "");
          const text = readFileSync(join(folder, "users"), "utf8");
          const [, salt, hash] = /^ops:\$6\$([^$]+)\$(\S+)\n$/.exec(text) ?? [];
          const again = execFileSync("openssl", ["passwd", "-6", "-salt", salt!, "-stdin"], { input: `${password}\n` });
          assert.equal(String(again), `$6$${salt}$${hash}\n`);
          assert.equal(statSync(join(folder, "users")).mode & 0o777, 0o640);
        }),
        { numRuns: 15 },
      );
    });

    it("is not made of what is not one line", () => {
      for (const password of ["", "\n", "two\nlines"]) {
        const { status, stderr } = make(password);
        assert.equal(status, 1);
        assert.match(stderr, /^the password of the report is not one line/);
      }
    });
  });
});
