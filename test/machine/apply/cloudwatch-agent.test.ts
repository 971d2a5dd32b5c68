import assert from "node:assert/strict";

import { App } from "../../../components/app/app";
import { agentDescription } from "../../../components/host/cloudwatch-agent/description";
import { cloudWatchAgentUnit } from "../../../components/host/cloudwatch-agent/release";
import { SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, blog, shop, useHostWithApps } from "./applying";

const described: App[] = [blog, shop].map(({ name, domain }) => ({
  name,
  source: { directory: name },
  process: { command: ["python3", "app.py"] },
  routes: [{ domain }],
}));

/** Stands in for the agent: it notes what it was started with. */
const standIn = `mkdir -p /root/deb/DEBIAN /root/deb/etc/systemd/system /root/deb/opt/aws/amazon-cloudwatch-agent/etc /srv/debs
printf 'Package: amazon-cloudwatch-agent\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody\\nDescription: stand-in\\n' >/root/deb/DEBIAN/control
printf '[Service]\\nExecStart=/bin/sh -c "cat /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json >/run/agent-began; exec sleep infinity"\\n[Install]\\nWantedBy=multi-user.target\\n' >/root/deb/etc/systemd/system/${cloudWatchAgentUnit}
dpkg-deb --build /root/deb /srv/debs/agent.deb >/dev/null
systemd-run --quiet python3 -m http.server --directory /srv/debs --bind 127.0.0.1 8099; sleep 1`;

describe("a host that reports to CloudWatch", function () {
  this.timeout(120_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);
  let sha256 = "";

  before(async function () {
    this.timeout(60_000);
    await host.exec(standIn);
    sha256 = (await host.exec("sha256sum /srv/debs/agent.deb | cut -d' ' -f1")).trim();
  });

  const publish = (name: string): string =>
    sample.publishApps([blog, shop], (plan) => {
      const url = "http://127.0.0.1:8099/agent.deb";
      const unit = cloudWatchAgentUnit;
      plan.downloads = [{ package: "amazon-cloudwatch-agent", version: "1", url, sha256, unit }];
      plan.units.push({ name: unit, app: null });
      plan.files.push(agentDescription(described, { name, dataVolume: false }));
    });
  /** What the agent was last started with. */
  const began = async (): Promise<string> => {
    for (let attempt = 0; attempt < 50; attempt++) {
      const text = (await host.attempt(["cat", "/run/agent-began"])).stdout;
      if (text.endsWith("}\n")) return text;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return "";
  };
  const isActive = async (): Promise<string> =>
    (await host.attempt(["systemctl", "is-active", cloudWatchAgentUnit])).stdout.trim();

  it("has an agent that starts with its description, and apps that did not notice", async () => {
    const pids = [await answer(host, blog, "/pid"), await answer(host, shop, "/pid")];
    publish("/landfall/demo/dev/first");
    await applied(host);
    assert.equal(await isActive(), "active");
    assert.match(await began(), /"namespace": "\/landfall\/demo\/dev\/first"/);
    assert.deepEqual([await answer(host, blog, "/pid"), await answer(host, shop, "/pid")], pids);
  });

  it("has a journal in which each app is under the unit that the agent asks for", async () => {
    const { logs } = JSON.parse(await began()) as {
      logs: { logs_collected: { journald: { collect_list: { units: string[] }[] } } };
    };
    const units = logs.logs_collected.journald.collect_list.flatMap((one) => one.units);
    assert.equal(units.length, 2);
    for (const unit of units)
      assert.notEqual((await host.exec(["journalctl", "--unit", unit, "--quiet", "--lines", "1"])).trim(), "", unit);
  });

  it("restarts the agent for another description", async () => {
    await host.exec("rm -f /run/agent-began");
    publish("/landfall/demo/dev/second");
    await applied(host);
    assert.match(await began(), /"namespace": "\/landfall\/demo\/dev\/second"/);
  });

  it("goes on when the agent cannot run, and has it again at the next apply", async () => {
    await host.exec(`systemctl stop ${cloudWatchAgentUnit}; chmod 000 /bin/sleep`);
    publish("/landfall/demo/dev/third");
    await applied(host);
    await host.exec("chmod 755 /bin/sleep");
    await applied(host);
    assert.equal(await isActive(), "active");
  });

  it("stops the agent when nothing is to be reported any more", async () => {
    sample.publishApps([blog, shop]);
    await applied(host);
    assert.equal(await isActive(), "inactive");
    assert.equal((await host.attempt("ls /opt/aws/amazon-cloudwatch-agent/etc")).stdout.trim(), "");
    assert.equal((await host.exec("systemctl list-units --failed --no-legend")).trim(), "");
  });
});
