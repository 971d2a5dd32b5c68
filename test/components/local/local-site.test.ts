import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { App } from "../../../components/app/app";
import { staticSite } from "../../../components/app/presets/static-site";
import { applicationLoadBalancerHop, cloudFrontHop, type Hop } from "../../../components/host/hop";
import type { HostPlan } from "../../../components/host/plan";
import { exampleApps, mailSinkApp } from "../../../examples/apps";
import { makeCertificate } from "../host/tls/test-certificates";
import { isSecret, plain, recordSite, step, valueOf } from "./recorded-site";

const domain = "landfall.localhost";
const docs = join(__dirname, "../../machine/site-apps/docs");
const apps = (): App[] => exampleApps({ domain, mailHost: "mail.internal" });

describe("LocalSite", function () {
  this.timeout(20_000);
  let folder: string;
  const before = { ...process.env };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-site-"));
    process.env.LANDFALL_CACHE_HOME = join(folder, "cache");
    process.env.LANDFALL_STATE_HOME = join(folder, "state");
  });
  afterEach(() => {
    for (const name of ["LANDFALL_CACHE_HOME", "LANDFALL_STATE_HOME"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it("delivers one plan for all apps", async () => {
    const site = await recordSite({ apps: apps() });
    const text = step(site, "web-apply").inputs.stdin as string;
    const plan = JSON.parse(text) as HostPlan;
    assert.deepEqual(plan.apps.map((app) => app.name).sort(), ["dashboard", "journal", "live"]);
  });

  it("believes the hops that are said to stand in front, and nobody else", async () => {
    const addresses = ["10.0.1.0/24"];
    const planned = async (args: { front?: Hop[] }): Promise<string> =>
      step(await recordSite({ apps: apps(), ...args }), "web-apply").inputs.stdin as string;
    assert.ok(
      (await planned({ front: [applicationLoadBalancerHop({ addresses })] })).includes("set_real_ip_from 10.0.1.0/24;"),
    );
    assert.doesNotMatch(await planned({}), /set_real_ip_from/);
  });

  it("refuses a hop that proves itself, which nobody here could", () =>
    assert.rejects(
      recordSite({ apps: apps(), front: [cloudFrontHop({ addresses: ["10.0.1.0/24"], provesItself: true })] }),
      { message: /front\[0\]\.provesBy {2}"X-Landfall-Origin-Secret" is sent by nothing that stands in front/ },
    ));

  it("signs a certificate for each domain, by an authority that it hands out", async () => {
    const { resources, site } = await recordSite({ apps: apps() });
    const signed = resources.filter((one) => one.type.endsWith(":LocallySignedCert")).map((one) => one.name);
    assert.deepEqual(signed.sort(), [`web-${domain}`, `web-live.${domain}`]);
    assert.equal(await valueOf(site.authorityPem), "certificate of web-authority");
  });

  it("hands out requests for an authority of the client's, by the keys that it keeps", async () => {
    const { site } = await recordSite({ apps: apps() });
    assert.deepEqual(await valueOf(site.signingRequests), {
      [domain]: `request of web-${domain}`,
      [`live.${domain}`]: `request of web-live.${domain}`,
    });
  });

  it("gives the machine what was signed, with the key that it has kept, as a secret", async () => {
    const issuer = await makeCertificate({ subject: "The client's authority" });
    const { certificate, privateKey } = await makeCertificate({ subject: domain, names: [domain], issuer });
    const chain = issuer.certificate;
    const signed = { certificates: { [domain]: { certificate, chain } } };
    const site = await recordSite({ apps: apps(), certificates: { signed } }, privateKey);
    const parameters = step(site, "web-parameters").inputs.stdin;
    const values = JSON.parse(plain(parameters) as string) as Record<string, string>;
    assert.deepEqual(JSON.parse(values[`tls/${domain}`]!), {
      fullchain: `${certificate.trim()}\n${chain.trim()}\n`,
      privkey: privateKey,
    });
    assert.ok(isSecret(parameters));
  });

  it("says where each app answers, with the port that browsers use", async () => {
    const { site } = await recordSite({ apps: apps(), httpsPort: 9443 });
    const sites = await valueOf(site.sites);
    assert.deepEqual(
      sites.map(({ app, url, resolve }) => [app, url, resolve]),
      [
        ["journal", `https://${domain}:9443/`, `${domain}:443:10.77.0.2`],
        ["dashboard", `https://${domain}:9443/dashboard/`, `${domain}:443:10.77.0.2`],
        ["live", `https://live.${domain}:9443/`, `live.${domain}:443:10.77.0.2`],
      ],
    );
    assert.deepEqual(sites[1]!.health, {
      url: `https://${domain}:9443/dashboard/health`,
      status: 200,
      contains: "dashboard is well",
    });
    const forward = step(await recordSite({ apps: apps(), httpsPort: 9443 }), "web-machine").spec.forward;
    assert.deepEqual(forward, [
      { from: 8080, to: 80 },
      { from: 9443, to: 443 },
    ]);
  });

  describe("with names and ports of its own", () => {
    const web = {
      domains: [{ domain, aliases: ["alias.localhost"], redirects: ["lead.localhost"], ports: { https: 9988 } }],
    };

    it("has one certificate for all names of a domain", async () => {
      const { resources } = await recordSite({ apps: apps(), web });
      const requests = resources.filter((one) => one.type.endsWith(":CertRequest"));
      assert.deepEqual(
        requests.map(({ inputs }) => inputs["dnsNames"]),
        [[domain, "alias.localhost", "lead.localhost"], [`live.${domain}`]],
      );
    });

    it("has each port of its own on this computer, too", async () => {
      const recorded = await recordSite({ apps: apps(), web });
      assert.deepEqual(step(recorded, "web-machine").spec.forward, [
        { from: 8080, to: 80 },
        { from: 8443, to: 443 },
        { from: 9988, to: 9988 },
      ]);
      const [journal] = await valueOf(recorded.site.sites);
      assert.deepEqual([journal?.url, journal?.resolve], [`https://${domain}:9988/`, `${domain}:9988:10.77.0.2`]);
    });

    it("refuses a port of this computer for two of the machine", () =>
      assert.rejects(recordSite({ apps: apps(), web: { domains: [{ domain, ports: { http: 8080 } }] } }), {
        message: /httpPort {2}8080 leads to port 80 of the machine, and is to lead to port 8080, too; use another port/,
      }));
  });

  it("leaves the port out of an address where browsers do", async () => {
    const { site } = await recordSite({ apps: apps(), httpsPort: 443 });
    assert.equal((await valueOf(site.sites))[0]!.url, `https://${domain}/`);
  });

  it("has neither certificates nor ports of this computer for a machine without a web site", async () => {
    const recorded = await recordSite({ apps: [mailSinkApp()] });
    assert.deepEqual(
      recorded.resources.filter((one) => one.type.startsWith("tls:")),
      [],
    );
    assert.deepEqual(step(recorded, "web-machine").spec.forward, []);
    assert.deepEqual(await valueOf(recorded.site.sites), []);
    assert.equal(await valueOf(recorded.site.authorityPem), "");
  });

  it("hands over secrets and keys as secrets, and nowhere else", async () => {
    const secret = "correct horse battery staple";
    const recorded = await recordSite({
      apps: apps(),
      // As plain text: what comes from the stack's configuration may be marked as a secret already.
      secrets: { "journal/secret-key": secret, "dashboard/cookie-secret": `${secret} too` },
    });
    const parameters = step(recorded, "web-parameters").inputs.stdin;
    assert.ok(isSecret(parameters));
    const values = JSON.parse(plain(parameters) as string) as Record<string, string>;
    assert.deepEqual(Object.keys(values).sort(), [
      "secrets/dashboard/cookie-secret",
      "secrets/journal/secret-key",
      `tls/${domain}`,
      `tls/live.${domain}`,
    ]);
    assert.equal(values["secrets/journal/secret-key"], secret);
    for (const { name, inputs } of recorded.resources) {
      const shown = JSON.stringify(inputs, (_, value: unknown) => (isSecret(value) ? "[secret]" : value));
      assert.ok(!shown.includes(secret), `${name} shows a secret`);
      assert.ok(!shown.includes("key of"), `${name} shows a private key`);
    }
  });

  it("tells the engine the same when nothing has changed", async () => {
    const [first, second] = [await recordSite({ apps: apps() }), await recordSite({ apps: apps() })];
    const byName = (recorded: typeof first): Record<string, unknown> =>
      Object.fromEntries(recorded.resources.map((one) => [`${one.type} ${one.name}`, one.inputs]));
    assert.deepEqual(byName(first), byName(second));
  });

  it("changes neither machine nor parameters when the code of an app changes", async () => {
    const code = join(folder, "live");
    const [journal, dashboard, live] = apps() as [App, App, App];
    cpSync(live.source.directory!, code, { recursive: true });
    const edition = { ...live, source: { directory: code } };
    const first = await recordSite({ apps: [journal, dashboard, edition] });
    writeFileSync(join(code, "page.html"), "<h1>Live again</h1>");
    const second = await recordSite({ apps: [journal, dashboard, edition] });
    for (const name of ["web-machine", "web-parameters"]) {
      assert.deepEqual(step(first, name).inputs, step(second, name).inputs, name);
    }
    assert.notDeepEqual(step(first, "web-apply").inputs.stdin, step(second, "web-apply").inputs.stdin);
  });

  it("makes a new machine for another Debian release", async () => {
    const site = [staticSite({ name: "docs", source: { directory: docs }, domains: [domain] })];
    const [older, newer] = [await recordSite({ apps: site, debian: 12 }), await recordSite({ apps: site })];
    const replacedOn = (recorded: typeof older): unknown => step(recorded, "web-machine").inputs.triggers;
    assert.equal(step(newer, "web-machine").spec.debian, 13);
    assert.notDeepEqual(replacedOn(older), replacedOn(newer));
  });

  it("lists everything that is wrong, with paths, before any step is made", async () => {
    const [journal, dashboard, live] = apps() as [App, App, App];
    const wrong = [
      journal,
      { ...dashboard, name: "journal", environment: { SMTP_HOST: "mail\u0000internal" } },
      { ...live, source: { directory: "examples/nowhere" } },
    ];
    await assert.rejects(recordSite({ apps: wrong, debian: 13 }), (error: unknown) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      const paths = error.errors?.map((one) => one.propertyPath) ?? [];
      for (const path of ["apps[1].name", "apps[1].environment.SMTP_HOST", "apps[2].source.directory"]) {
        assert.ok(paths.includes(path), `${path} is not among ${paths.join(", ")}`);
        assert.ok(error.message.includes(path), error.message);
      }
      return true;
    });
  });

  it("refuses a Debian release that one of its apps cannot run on", async () => {
    await assert.rejects(recordSite({ apps: apps(), debian: 13 }), /debian/);
  });
});
