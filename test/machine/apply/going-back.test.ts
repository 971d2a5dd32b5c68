import assert from "node:assert/strict";

import { dataFolder, serviceUnit } from "../../../components/app/paths";
import { sha256 } from "../../../components/host/digest";
import { HostPlan } from "../../../components/host/plan";
import { SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, apply, blog, secretOfShop, shop, useHostWithApps } from "./applying";

describe("a host that gets a plan whose apps do not work", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);

  it("switches back a release that does not start, with its secret, and says what its journal says", async () => {
    const before = (await applied(host)).status.applied;
    const broken = {
      ...shop,
      answer: "shop, renovated",
      before: "raise RuntimeError('paint is wet')",
      startSeconds: 170,
    };
    sample.setParameter("secrets/shop/token", "the value for the broken release");
    const plan = sample.publishApps([blog, broken]);
    const { code, status, seconds } = await apply(host);

    assert.equal(code, 1);
    assert.equal(status.state, "reverted");
    assert.equal(status.plan, plan);
    assert.equal(status.applied, before);
    assert.deepEqual(
      status.problems.map((problem) => problem.app),
      ["shop"],
    );
    assert.match(status.problems[0]?.log.join("\n") ?? "", /RuntimeError: paint is wet/);
    assert.ok(seconds < 100, `waited ${seconds} s for a unit that kept crashing`);
    assert.equal(await answer(host, shop), shop.answer);
    assert.equal(await answer(host, shop, "/secret"), sha256(secretOfShop));
  });

  it("does not try a plan again by itself that was taken back, but keeps the old one in order", async () => {
    await host.exec(`systemctl stop ${serviceUnit("blog")} app-blog.socket`);
    const { code, status, stdout } = await apply(host, "--unattended");
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /going back/);
    assert.equal(status.state, "reverted");
    assert.match(status.problems[0]?.log.join("\n") ?? "", /paint is wet/);
    assert.equal(await answer(host, blog), blog.answer);
    assert.equal(await answer(host, shop), shop.answer);
  });

  it("tries it again when told to, and by itself when its parameters have changed", async () => {
    assert.equal((await apply(host)).status.state, "reverted");
    sample.setParameter("secrets/shop/token", secretOfShop);
    const { status } = await apply(host, "--unattended");
    assert.equal(status.state, "reverted");
    assert.match(status.message, /taken back/);
    sample.publishApps([blog, shop]);
    await applied(host);
  });

  it("switches back an app that runs but answers wrongly", async () => {
    const mute = { ...blog, answer: "out of order" };
    sample.publishApps([mute, shop], (plan) => {
      for (const check of plan.health)
        if (check.app === "blog") Object.assign(check, { contains: "edition", startSeconds: 2 });
    });
    const { status } = await apply(host);
    assert.equal(status.state, "reverted");
    assert.match(status.problems[0]?.message ?? "", /without the text 'edition'/);
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("does not take back the plan in force when an app falls ill by itself", async () => {
    const key = `${dataFolder("blog")}/key`;
    const needy = { ...blog, before: `open("${key}")`, startSeconds: 2 };
    await host.exec(`install --mode=644 /dev/null ${key}`);
    const plan = sample.publishApps([needy, shop]);
    await applied(host);
    await host.exec(`rm ${key}; systemctl stop ${serviceUnit("blog")}`);
    const { status } = await apply(host, "--unattended");
    assert.equal(status.state, "failed");
    assert.equal(status.applied, plan);
    assert.match(status.problems[0]?.log.join("\n") ?? "", /No such file or directory/);

    await host.exec(`install --mode=644 /dev/null ${key}`);
    await applied(host, "--unattended");
    sample.publishApps([blog, shop]);
    await applied(host);
  });

  it("goes back when another program holds a port that the new configuration needs", async () => {
    await host.exec("systemd-run --quiet --unit=squatter python3 -m http.server --bind 127.0.0.1 8444");
    await host.exec("for i in $(seq 100); do curl -s 127.0.0.1:8444 >/dev/null && exit 0; sleep 0.05; done; exit 1");
    const mainPid = "systemctl show -p MainPID nginx";
    const main = await host.exec(mainPid);
    sample.publishApps([blog, shop], (plan) => {
      const site = plan.files.find((file) => file.path.endsWith("sites/blog.localhost.conf"));
      if (site) site.content = site.content.replace("listen 443 ssl;", "listen 443 ssl;\n  listen 8444;");
    });
    const { status } = await apply(host);
    assert.equal(status.state, "reverted");
    assert.match(status.message, /nginx has not taken its new configuration/);
    assert.match(status.problems[0]?.log.join("\n") ?? "", /bind\(\) to 0.0.0.0:8444 failed/);
    assert.equal(await host.exec(mainPid), main, "going back reloads nginx, it does not restart it");
    assert.equal(await answer(host, blog), "blog, first edition");
    await host.exec("systemctl stop squatter");
  });

  it("looks at the unit of an app that cannot be asked, and at the greeting of one that does not speak HTTP", async () => {
    const quiet = (contains: string) => (plan: HostPlan) => {
      plan.health = plan.health.filter((check) => check.app !== "shop");
      const socket = plan.files.find((file) => file.path.endsWith("app-blog.socket"));
      if (socket) socket.content = socket.content.replace("SocketUser", "ListenStream=127.0.0.1:2500\nSocketUser");
      Object.assign(plan.health[0] ?? {}, { web: null, port: 2500, contains, startSeconds: 2 });
    };
    const greeting =
      "import threading\nport = socket.socket(fileno=4)\ndef greet():\n  while True:\n    port.accept()[0].sendall(b'220 ready')\nthreading.Thread(target=greet, daemon=True).start()";
    const greeter = { ...blog, before: greeting };
    const plan = sample.publishApps([greeter, shop], quiet("220 ready"));
    assert.equal((await applied(host)).status.applied, plan);

    sample.publishApps([greeter, shop], quiet("554 go away"));
    const { status } = await apply(host);
    assert.equal(status.state, "failed", "the app was like this before the plan, so there is nothing to go back to");

    sample.publishApps([greeter, { ...shop, before: "raise SystemExit(3)" }], quiet("220 ready"));
    const crashed = await apply(host);
    assert.equal(crashed.status.state, "reverted");
    assert.match(crashed.status.problems[0]?.message ?? "", /app shop is not healthy: unit app-shop.service/);
    sample.publishApps([blog, shop]);
    await applied(host);
  });
});
