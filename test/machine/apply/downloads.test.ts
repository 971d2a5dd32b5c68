import assert from "node:assert/strict";

import { SampleStore } from "../../components/host/apply/sample-host";
import { applied, apply, blog, useHostWithApps } from "./applying";

describe("a host with a package that is in no archive", function () {
  this.timeout(120_000);
  const sample = new SampleStore();
  const host = useHostWithApps(sample);
  const digests: Record<string, string> = {};

  /** Makes versions of a package that brings a unit, and serves them. */
  before(async function () {
    this.timeout(60_000);
    for (const version of ["1.0", "2.0"]) {
      await host.exec(`mkdir -p /srv/debs /root/deb/DEBIAN /root/deb/usr/lib/systemd/system
        printf 'Package: landfall-sample\\nVersion: ${version}\\nArchitecture: all\\nMaintainer: nobody\\nDescription: sample\\n' >/root/deb/DEBIAN/control
        printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/root/deb/usr/lib/systemd/system/landfall-sample.service
        dpkg-deb --build /root/deb /srv/debs/${version}.deb >/dev/null`);
      digests[version] = (await host.exec(`sha256sum /srv/debs/${version}.deb | cut -d' ' -f1`)).trim();
    }
    await host.exec("systemd-run --quiet python3 -m http.server --directory /srv/debs --bind 127.0.0.1 8099; sleep 1");
  });

  const publish = (version: string, sha256 = digests[version] ?? ""): string =>
    sample.publishApps([blog], (plan) => {
      const url = `http://127.0.0.1:8099/${version}.deb`;
      plan.downloads = [{ package: "landfall-sample", version, url, sha256, unit: "landfall-sample.service" }];
      plan.units.push({ name: "landfall-sample.service", app: null });
    });
  const installed = async (): Promise<string> =>
    (await host.attempt(["dpkg-query", "--show", "--showformat", "${Version}", "landfall-sample"])).stdout;

  it("refuses one with another digest than the plan's, and installs nothing of it", async () => {
    publish("1.0", "0".repeat(64));
    const { code, status } = await apply(host);
    assert.equal(code, 1);
    assert.match(status.message, new RegExp(`1\\.0\\.deb has SHA-256 ${digests["1.0"]}, the plan says 0{64}`));
    assert.equal(await installed(), "");
    assert.equal((await host.exec("ls /var/cache/landfall/downloads")).trim(), "");
  });

  it("installs the one that the plan names, and keeps its unit running", async () => {
    publish("1.0");
    await applied(host);
    assert.equal(await installed(), "1.0");
    assert.equal((await host.exec("systemctl is-active landfall-sample.service")).trim(), "active");
    await host.exec("systemctl kill --signal KILL landfall-sample.service; sleep 0.5");
    await applied(host);
    assert.equal((await host.exec("systemctl is-active landfall-sample.service")).trim(), "active");
  });

  it("does not restart its unit for a plan that it is new in: it may be what runs the command", async () => {
    const pid = "systemctl show --property MainPID landfall-sample.service";
    sample.publishApps([blog]);
    await applied(host);
    await host.exec("systemctl enable --quiet --now landfall-sample.service");
    const before = await host.exec(pid);
    publish("1.0");
    await applied(host);
    assert.equal(await host.exec(pid), before);
  });

  it("does not download again what is there", async () => {
    assert.doesNotMatch((await applied(host)).stdout, /downloading/);
  });

  it("installs a newer one, and does not go back from one that has brought itself up to date", async () => {
    publish("2.0");
    await applied(host);
    assert.equal(await installed(), "2.0");
    publish("1.0");
    await applied(host);
    assert.equal(await installed(), "2.0");
  });
});
