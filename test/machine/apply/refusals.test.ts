import assert from "node:assert/strict";

import { applyProgram } from "../../../components/host/apply/program";
import { SampleStore } from "../../components/host/apply/sample-host";
import { answer, applied, apply, blog, secretOfShop, shop, useHostWithApps } from "./applying";

describe("a host that gets a plan that cannot be applied", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);

  it("refuses a web server configuration that nginx refuses, before anything changes", async () => {
    const before = await host.exec("find /etc/nginx /etc/systemd/system -type f | sort | xargs cat | sha256sum");
    sample.publishApps([{ ...blog, answer: "third" }, shop], (plan) => {
      const site = plan.files.find((file) => file.path.endsWith("sites/blog.localhost.conf"));
      if (site) site.content = site.content.replace("location / {", "location / {\n    proxy_pas http://x;");
    });
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.equal(status.state, "failed");
    assert.match(status.message, /unknown directive "proxy_pas" in \/etc\/nginx\/sites\/blog.localhost.conf:7/);
    assert.equal(await host.exec("find /etc/nginx /etc/systemd/system -type f | sort | xargs cat | sha256sum"), before);
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("refuses units that systemd refuses, before anything changes", async () => {
    for (const [good, bad, said] of [
      ["ExecStart=/usr/bin/python3", "ExecStart=/usr/bin/python4", /\/usr\/bin\/python4 is not executable/],
      ["Restart=always", "Restart=alwys", /Failed to parse service restart specifier/],
      ["RestartSec=100ms", "RestartSek=100ms", /Unknown key.* 'RestartSek'/],
    ] as const) {
      sample.publishApps([blog, shop], (plan) => {
        const unit = plan.files.find((file) => file.path.endsWith("app-blog.service"));
        if (unit) unit.content = unit.content.replace(good, bad);
      });
      const { status } = await apply(host);
      assert.equal(status.state, "failed");
      assert.match(status.message, said);
      assert.equal(await answer(host, blog), blog.answer);
    }
  });

  it("names the parameters that are missing, and nothing changes", async () => {
    sample.removeParameter("secrets/shop/token");
    sample.publishApps([{ ...blog, answer: "third" }, shop]);
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.equal(status.state, "failed");
    assert.match(status.message, /secrets\/shop\/token \(secret 'token' of app 'shop'\)/);
    assert.equal(await answer(host, blog), blog.answer);
    sample.setParameter("secrets/shop/token", secretOfShop);
  });

  it("says which requirement cannot be had, and nothing changes", async () => {
    sample.publishApps([{ ...blog, requirements: ["idna==999"], answer: "never" }, shop]);
    const { status } = await apply(host);
    assert.equal(status.state, "failed");
    assert.match(status.message, /app blog: its Python environment cannot be built[^]*idna==999/);
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("says which Debian package cannot be had, and nothing changes", async () => {
    sample.publishApps([{ ...blog, answer: "never" }, shop], (plan) => plan.packages.push("no-such-package"));
    const { status } = await apply(host);
    assert.equal(status.state, "failed");
    assert.match(status.message, /Unable to locate package no-such-package/);
    assert.equal(await answer(host, blog), blog.answer);
  });

  it("refuses code, plan and program that do not have their digest, and a store without a pointer", async () => {
    const good = { ...blog, answer: "unspoilt" };
    sample.publishApps([good, shop], (plan) => sample.spoil(`code/${plan.releases[0]?.source.archive}.tar.gz`));
    assert.match((await apply(host)).status.message, /app blog: the archive \w+ cannot be decompressed/);

    const plan = sample.publishApps([good, shop]);
    await applied(host);
    for (const path of [`plans/${plan}.json`, `programs/${applyProgram().digest}.py`, "current.json"]) {
      sample.spoil(path);
      const { code, status } = await apply(host);
      assert.equal(code, 1);
      assert.equal(status.state, "failed");
      assert.match(status.message, /the host plan cannot be had from the store/);
      assert.equal(status.applied, plan);
      sample.publishApps([good, shop]);
    }
    assert.equal(await answer(host, good), "unspoilt");
    await applied(host);
  });

  it("refuses a plan that was made for another Debian release", async () => {
    sample.publishApps([blog, shop], (plan) => (plan.debian = 13));
    const { status } = await apply(host);
    assert.equal(status.state, "failed");
    assert.match(status.message, /made for Debian 13, this host runs debian 12/);
  });
});
