import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../../../components/app/app";
import { command } from "../../../components/app/presets/command";
import { Web, WebProgram } from "../../../components/app/web";
import { TlsFront } from "../../../components/app/web-front";
import { directHops } from "../../../components/host/hops";
import { planHost } from "../../../components/host/plan-host";
import { SampleStore } from "../../components/host/apply/sample-host";
import { eventually } from "../../eventually";
import { samplePackages, useHost } from "./applying";
import { certifiedHost } from "./certified-host";
import { authorityPackages, directories, layAuthority, startAuthority } from "./certificate-authority";

const domain = "www.landfall-test.net";
const talk = command({
  name: "talk",
  source: { directory: "talk" },
  command: ["python3", "sockets.py", "talk"],
  routes: [{ domain }],
});
const ownDomain = "own.landfall-test.net";
const ownPort = 9988;

/** An app that ends TLS itself. */
const own = (port: number): App =>
  command({
    name: "own",
    source: { directory: "own" },
    command: ["python3", "secure.py"],
    health: { contains: '"scheme": "https"' },
    tls: { domain: ownDomain },
    publicPorts: [port],
  });

const program = (path: string): string => readFileSync(join(__dirname, "../site-apps", path), "utf8");

describe("a certificate that the host gets by itself, where nginx does not end TLS", function () {
  this.timeout(180_000);
  const sample = new SampleStore();
  const publish = (web: Web, apps: readonly App[] = [talk], directory = directories.first): string => {
    const code = {
      talk: { digest: sample.pack({ "sockets.py": program("sockets/sockets.py") }) },
      own: { digest: sample.pack({ "secure.py": program("secure/secure.py") }) },
    };
    const certificates = { acme: { directory, email: null } };
    return sample.publish(planHost({ apps, code, debian: 12, hops: directHops, certificates, web }));
  };
  publish({ program: WebProgram.Apache });
  const host = useHost(sample, {
    debian: 12,
    packages: [...samplePackages, "nginx", "apache2", "haproxy", "hitch", "stunnel4", ...authorityPackages],
  });
  before(async function () {
    this.timeout(120_000);
    await host.exec(
      "systemctl disable --now nginx.service apache2.service haproxy.service hitch.service stunnel4.service",
    );
    await host.cloudInit();
    await layAuthority(host);
  });

  const certified = certifiedHost(host, domain, '"app": "talk"');
  const standing: typeof certified.standing = () => certified.standing();
  const served: typeof certified.served = (field) => certified.served(field);

  function renews(one = certified): void {
    it("renews it under traffic without a failed request", async () => {
      const { sent, failed } = await one.renewed(50);
      assert.deepEqual(failed, [], `of ${sent}`);
    });
  }

  function begins(): void {
    it("begins with a placeholder", async () => {
      assert.equal((await standing()).issued, false);
      assert.match(await served("issuer"), /Landfall placeholder/);
    });
  }

  /** Publishes another plan, and waits until what is served is as expected of the certificate from before. */
  async function changes(web: Web, expected: (now: string, before: string) => void): Promise<void> {
    const before = await served("serial");
    publish(web);
    assert.deepEqual([(await standing()).issued, (await standing()).problem], [true, null]);
    await eventually(async () => expected(await served("serial"), before));
  }

  function asksAnew(web: Web): void {
    it("asks anew, so that renewals are asked for in its way", async () => {
      await changes(web, assert.notEqual);
      assert.match(await served("issuer"), /Pebble/);
    });
  }

  function hasItStill(web: Web): void {
    it("has it still, as challenges are answered from the same folder", () => changes(web, assert.equal));
  }

  describe("but httpd, before there is an authority", () => begins());

  describe("but HAProxy, which hands challenges to certbot", () => {
    before(() => publish({ program: WebProgram.HAProxy }));
    begins();

    it("gets it as soon as the authority answers", async () => {
      await startAuthority(host);
      const { issued, problem } = await standing();
      assert.deepEqual([issued, problem], [true, null]);
      await eventually(async () => assert.match(await served("issuer"), /Pebble/));
    });

    renews();
  });

  describe("but httpd, which answers challenges from a folder", () => {
    asksAnew({ program: WebProgram.Apache });
    renews();
  });

  describe("but hitch in front of nginx, which answers challenges", () => {
    hasItStill({ front: { program: TlsFront.Hitch } });
    renews();
  });

  describe("but stunnel in front of nginx, which answers challenges", () => {
    hasItStill({ front: { program: TlsFront.Stunnel } });

    it("renews it under traffic, and loses no more than what comes while its port is closed", async () => {
      const { sent, failed } = await certified.renewed(50);
      process.stderr.write(`      ${failed.length} of ${sent} failed\n`);
      assert.ok(failed.length <= 25, failed.map(({ reason }) => reason).join());
    });
  });

  describe("but an app itself, beside nginx, which answers challenges", () => {
    const app = certifiedHost(host, ownDomain, '"scheme": "https"', ownPort);

    it("begins with a placeholder", async () => {
      publish({}, [talk, own(ownPort)], "https://localhost:14999/nobody");
      assert.equal((await app.standing()).issued, false);
      assert.match(await app.served("issuer"), /Landfall placeholder/);
    });

    it("gets it as soon as an authority answers", async () => {
      publish({}, [talk, own(ownPort)]);
      const { issued, problem } = await app.standing();
      assert.deepEqual([issued, problem], [true, null]);
      await eventually(async () => assert.match(await app.served("issuer"), /Pebble/));
    });

    renews(app);
  });

  describe("but an app itself, on 443, where there is no web server", () => {
    const app = certifiedHost(host, ownDomain, '"scheme": "https"');

    it("asks anew, so that renewals are asked for in certbot's own way", async () => {
      const before = await certifiedHost(host, ownDomain, "", ownPort).served("serial");
      publish({}, [own(443)]);
      const { issued, problem } = await app.standing();
      assert.deepEqual([issued, problem], [true, null]);
      await eventually(async () => assert.notEqual(await app.served("serial"), before));
      assert.match(await app.served("issuer"), /Pebble/);
    });

    it("keeps nothing of a domain that is gone, for which it would be asked for ever", async () => {
      const kept = await host.exec("ls /etc/letsencrypt/live /etc/letsencrypt/renewal /etc/letsencrypt/archive");
      assert.match(kept, new RegExp(`^${ownDomain}$`, "m"));
      assert.ok(!kept.includes(domain), kept);
    });

    it("has the app alone listen to clients", async () => {
      const listening = await host.exec("ss -Hltn 'not src 127.0.0.0/8' | awk '{ print $4 }' | sort -u");
      assert.deepEqual(
        listening
          .trim()
          .split("\n")
          .filter((address) => /:(80|443|9988)$/.test(address)),
        ["*:443"],
      );
    });

    renews(app);
  });
});
