import assert from "node:assert/strict";

import { bootstrapPath } from "../../../components/host/cloud-init/units";
import { SampleApp, SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, apply, blog, healthyByItself, sampleUserData, useHost } from "./applying";

describe("a host at its first boot", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  const plan = sample.publishApps([blog]);
  const host = useHost(sample, { packages: [] });

  it("comes from a bare image to healthy apps without being told", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    const status = await healthyByItself(host, plan, 120);
    assert.equal(status.applied, plan);
    assert.deepEqual(
      status.apps.map(({ name, healthy }) => [name, healthy]),
      [["blog", true]],
    );
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("takes user data that cloud-init's schema accepts", async () => {
    await host.writeFile("/root/user-data", sampleUserData);
    assert.match(await host.exec("cloud-init schema --config-file /root/user-data"), /Valid/);
  });

  it("applies again at each boot, and leaves what is right alone", async () => {
    await host.reboot();
    await host.cloudInit();
    await healthyByItself(host, plan, 30);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host that boots before its first plan", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  const host = useHost(sample);

  it("waits for it without a failed unit, and applies it when told", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    await host.exec("systemctl start landfall-apply.service");
    assert.equal(await host.exec("systemctl is-failed landfall-apply.service || true"), "inactive\n");
    const early = await host.attempt(["python3", bootstrapPath]);
    assert.deepEqual([early.code, early.stderr.trim()], [1, "there is no plan in the store yet"]);

    const plan = sample.publishApps([blog]);
    assert.equal((await applied(host)).status.applied, plan);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host whose first boot is cut off", function () {
  this.timeout(240_000);
  const sample = new SampleStore();
  const plan = sample.publishApps([blog]);
  const enabled = "/etc/systemd/system/multi-user.target.wants/landfall-apply.service";
  const semaphores = "/var/lib/cloud/instance/sem/config_write_files";
  const host = useHost(sample, { packages: [] });

  it("finishes on the next boot, in cloud-init and in the middle of apt", async () => {
    // As a power cut between the mark of write_files and the end of runcmd would leave it.
    await host.cloudInit();
    await host.kill();
    await host.start();
    await host.exec(
      `systemctl stop landfall-apply.timer landfall-apply.service; rm -f ${enabled} ${bootstrapPath}; sync`,
    );
    assert.equal(
      (await host.attempt(["test", "-e", semaphores])).code,
      0,
      "cloud-init names its semaphores differently",
    );
    await host.kill();
    await host.start();

    await host.exec(`for i in $(seq 600); do pgrep -x dpkg && exit 0; sleep 0.05; done; exit 1`, {
      timeoutSeconds: 60,
    });
    await host.kill();
    await host.start();
    await healthyByItself(host, plan, 150);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host whose first plan is broken", function () {
  this.timeout(120_000);
  const sample = new SampleStore();
  const broken: SampleApp = { ...blog, before: "raise SystemExit(4)" };
  sample.publishApps([broken]);
  const host = useHost(sample);

  it("says so each time, and never takes it for a plan to go back to", async () => {
    await host.cloudInit();
    for (const words of [[], ["--unattended"], []]) {
      const { code, status } = await apply(host, ...words);
      assert.equal(code, 1);
      assert.equal(status.state, "failed");
      assert.equal(status.applied, null);
      assert.match(status.message, /no earlier plan to go back to/);
    }
    sample.publishApps([blog]);
    await applied(host);
    assert.equal(await answer(host, blog), blog.answer);
  });
});

describe("a host with Debian 13", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const snake = { ...blog, requirements: ["idna==3.10"], before: "import idna" };
  const publish = (app: SampleApp): string =>
    sample.publishApps([app], (plan) => {
      plan.debian = 13;
      for (const release of plan.releases) if (release.python) release.python.key = null;
    });
  const plan = publish(snake);
  const host = useHost(sample, { debian: 13 });

  it("is healthy after its first boot, with a Python environment", async () => {
    assert.deepEqual(await host.cloudInit(), []);
    await healthyByItself(host, plan, 120);
    assert.equal(await answer(host, snake), snake.answer);
    await host.writeFile("/root/user-data", sampleUserData);
    assert.match(await host.exec("cloud-init schema --config-file /root/user-data 2>&1"), /Valid/);
  });

  it("gets new code and switches a broken release back", async () => {
    const second = { ...snake, answer: "second" };
    publish(second);
    await applied(host);
    publish({ ...second, before: "raise SystemExit(1)" });
    assert.equal((await apply(host)).status.state, "reverted");
    assert.equal(await answer(host, second), "second");
  });
});
