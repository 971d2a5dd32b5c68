import assert from "node:assert/strict";
import { dataFolder, secretFile, serviceUnit, socketPath } from "../../components/app/paths";
import { exampleApps, mailSinkApp } from "../../examples/apps";
import { pythonEnvironment } from "./python-environment";
import { eventually } from "../eventually";
import { useSite } from "./site";

const domain = "landfall.localhost";

describe("the machine of the example site", function () {
  this.timeout(60_000);
  const apps = [...exampleApps({ domain, mailHost: "localhost" }), mailSinkApp()];
  const web = useSite({ apps });
  const services = apps.map((app) => serviceUnit(app.name));

  const pages: Record<string, [path: string, text: string]> = {
    journal: [`${domain}/`, "Harbour lights"],
    dashboard: [`${domain}/dashboard/health`, "dashboard is well"],
    live: [`live.${domain}/`, "<h1>Live</h1>"],
  };
  const answers = async (app: string): Promise<void> => {
    const [place, text] = pages[app]!;
    const [host, ...path] = place.split("/");
    const answer = await web.request(`${web.origin(host!)}/${path.join("/")}`);
    assert.deepEqual([answer.status, answer.body.includes(text)], [200, true], `${place}: ${answer.body}`);
  };
  const allAnswer = async (): Promise<void> => {
    for (const app of Object.keys(pages)) await answers(app);
  };
  const mainProcess = async (app: string): Promise<string> =>
    (await web.machine.exec(["systemctl", "show", "--value", "--property=MainPID", serviceUnit(app)])).trim();

  describe("keeps to itself", () => {
    it("an app's socket, which answers root and refuses other users", async () => {
      const ask = ["curl", "-sS", "--unix-socket", socketPath("live"), "http://localhost/health"];
      assert.equal(await web.machine.exec(ask), "live is well\n");
      for (const user of ["nobody", "app-journal"]) {
        const refused = await web.machine.attempt(["runuser", "-u", user, "--", ...ask]);
        assert.equal(refused.code, 7, `${user}: ${refused.stdout}${refused.stderr}`);
      }
    });

    it("the apps' secrets: not in arguments, journal, logs, status, unit files, store or releases", async () => {
      const places =
        "/etc/systemd /etc/nginx /run/systemd /var/log /var/lib/landfall /srv/landfall/store /opt/landfall/apps";
      await web.machine.exec(
        `umask 077
         { tr '\\0' ' ' </proc/1/cmdline; cat /proc/[0-9]*/cmdline; journalctl --no-pager; systemctl status --all --full
           systemctl show '*'; find ${places} -type f -exec cat {} +; } >/run/haystack 2>/dev/null || true`,
      );
      const found = async (text: string): Promise<number> => {
        const count = "grep --count --text --fixed-strings --file=- /run/haystack || true";
        return Number(await web.machine.exec(count, { stdin: text }));
      };
      // What would be found, were it there.
      for (const text of ["gunicorn", "MainPID=", "Harbour lights", "proxy_pass", "LoadCredential"]) {
        assert.ok((await found(text)) > 0, `${text} was not looked at`);
      }
      for (const path of [secretFile("journal", "secret-key"), secretFile("dashboard", "cookie-secret")]) {
        const value = (await web.machine.readFile(path)).trim();
        assert.match(value, /^[0-9a-f]{64}$/);
        assert.equal((await web.machine.exec(["stat", "-c", "%a %U", path])).trim(), "600 root");
        assert.equal(await found(value), 0, `the value of ${path} was found`);
      }
      await web.machine.exec("rm /run/haystack");
    });

    it("each app's secrets, data and code from the other apps", async () => {
      const asLive = async (...argv: string[]): Promise<string> =>
        (await web.machine.attempt(["runuser", "-u", "app-live", "--", ...argv])).stderr;
      assert.match(await asLive("cat", secretFile("journal", "secret-key")), /Permission denied/);
      assert.match(await asLive("ls", dataFolder("journal")), /Permission denied/);
      assert.match(await asLive("touch", "/opt/landfall/apps/live/current/code/main.py"), /Permission denied/);
    });
  });

  describe("has files that", () => {
    it("systemd finds nothing wrong with, in sandboxes that it rates 1.3 or better", async () => {
      const units = [...services, ...services.map((unit) => unit.replace(".service", ".socket"))];
      const verified = await web.machine.attempt(["systemd-analyze", "verify", ...units]);
      assert.deepEqual([verified.code, verified.stdout, verified.stderr], [0, "", ""]);
      assert.equal(await web.machine.exec("systemctl --failed --no-legend --plain"), "");
      for (const unit of services) {
        const said = await web.machine.exec(["systemd-analyze", "security", "--no-pager", unit]);
        const score = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
        assert.ok(score <= 1.3, `${unit}: ${said}`);
      }
    });

    it("nginx and cloud-init find nothing wrong with", async () => {
      const { code, stderr } = await web.machine.attempt("nginx -t");
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stderr, /warn|alert|emerg/);
      const userData = "/var/lib/cloud/instance/user-data.txt";
      assert.match(await web.machine.exec(["cloud-init", "schema", "--config-file", userData]), /Valid/);
      assert.deepEqual(await web.machine.cloudInit(), []);
    });

    it("gixy and crossplane, which read nginx's language too, find nothing wrong with", async function () {
      this.timeout(120_000); // their first installation
      const tools = `${await pythonEnvironment(web.machine, "gixy-next==0.9.0\ncrossplane==0.5.8\n")}/bin`;
      const file = "/etc/nginx/nginx.conf";
      const parsed = JSON.parse(await web.machine.exec([`${tools}/crossplane`, "parse", file])) as {
        status: string;
        errors: unknown[];
        config: { file: string }[];
      };
      assert.deepEqual([parsed.status, parsed.errors], ["ok", []]);
      for (const part of ["apps/live.conf", `sites/${domain}.conf`, "removed-headers.conf"]) {
        assert.ok(
          parsed.config.some((config) => config.file.endsWith(part)),
          `${part} was not read`,
        );
      }
      // Findings end it with status 1.
      const { stdout } = await web.machine.attempt([`${tools}/gixy`, "-f", "json", file]);
      const findings = JSON.parse(stdout) as { plugin: string; severity: string; config: string }[];
      assert.deepEqual(
        findings.map(({ plugin, severity, config }) => `${severity} ${plugin}: ${config}`),
        [],
      );
    });
  });

  describe("comes back", () => {
    for (const app of Object.keys(pages)) {
      it(`from an abrupt end of ${app}, whose next visitor waits and is answered`, async () => {
        await answers(app);
        const before = await mainProcess(app);
        await web.machine.exec(["systemctl", "kill", "--signal=KILL", serviceUnit(app)]);
        await answers(app);
        assert.notEqual(await mainProcess(app), before);
      });
    }

    const kept = `${dataFolder("live")}/kept`;
    for (const [cause, act] of [
      ["a reboot", () => web.machine.reboot()],
      ["a power cut", () => web.machine.kill().then(() => web.machine.start())],
    ] as const) {
      it(`from ${cause}, with its data and secrets as they were`, async () => {
        await web.machine.exec(`echo '${cause}' >${kept}; chown app-live: ${kept}; sync`);
        const secret = await web.machine.readFile(secretFile("journal", "secret-key"));
        const { generation } = web.machine;
        await act();
        await eventually(allAnswer, 30);
        assert.equal(web.machine.generation, generation + 1);
        assert.equal(await web.machine.readFile(kept), `${cause}\n`);
        assert.equal((await web.machine.exec(["stat", "-c", "%U", kept])).trim(), "app-live");
        assert.equal(await web.machine.readFile(secretFile("journal", "secret-key")), secret);
        const forwarded = await web.request(`${web.origin(domain)}/`, { forwarded: true });
        assert.equal(forwarded.status, 200);
      });
    }

    it("without leaving anything failed behind", async () => {
      await eventually(async () => {
        assert.equal(await web.machine.exec("systemctl --failed --no-legend --plain"), "");
        const status = JSON.parse(await web.machine.readFile("/var/lib/landfall/status.json")) as { state: string };
        assert.equal(status.state, "applied");
      });
    });
  });
});
