import assert from "node:assert/strict";

import { staticSite } from "../../../components/app/presets/static-site";
import { Web } from "../../../components/app/web";
import { directHops } from "../../../components/host/hops";
import { PlannedAcme } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { SampleStore } from "../../components/host/apply/sample-host";
import { applied, samplePackages, useHost } from "./applying";
import { certifiedHost } from "./certified-host";
import { authorityPackages, directories, layAuthority, startAuthority } from "./certificate-authority";

const domain = "www.landfall-test.net";
const site = staticSite({ name: "site", source: { directory: "site" }, domains: [domain], contains: "certified" });

for (const debian of [12, 13])
  describe(`a host with Debian ${debian} that gets its certificate by itself`, function () {
    this.timeout(180_000);
    const sample = new SampleStore();
    const publish = (acme: PlannedAcme, web: Web = {}): string => {
      const apps = [site];
      const code = { site: { digest: sample.pack({ "index.html": "<p>certified</p>" }) } };
      return sample.publish(planHost({ apps, code, debian, hops: directHops, web, certificates: { acme } }));
    };
    publish({ directory: directories.first, email: null });
    const host = useHost(sample, { debian, packages: [...samplePackages, "nginx", ...authorityPackages] });
    before(async function () {
      this.timeout(120_000);
      await host.cloudInit();
      await layAuthority(host);
    });

    const certified = certifiedHost(host, domain, "certified");
    const standing: typeof certified.standing = (...words) => certified.standing(...words);
    const served: typeof certified.served = (field, name) => certified.served(field, name);
    const workers = async (): Promise<string> => await host.exec("pgrep --full 'nginx: worker process$' | sort");

    it("serves with a placeholder while the authority does not answer, and says so", async () => {
      const { domain: named, issued, problem } = await standing();
      assert.deepEqual([named, issued], [domain, false]);
      assert.match(problem ?? "", /^no certificate yet: /);
      assert.match(await served("issuer"), /Landfall placeholder/);
      assert.match(await host.exec("curl -sk https://www.landfall-test.net/ --resolve *:443:127.0.0.1"), /certified/);
    });

    it("names the domain and the reason in the message of an apply that has done its work", async () => {
      const { status } = await applied(host);
      assert.match(status.message, /^1 apps healthy; www\.landfall-test\.net: no certificate yet: /);
    });

    it("lets the authority rest when nobody waits", async () => {
      const asked = async (): Promise<string> => await host.exec("stat -c %Y.%s /var/log/letsencrypt/letsencrypt.log");
      const before = await asked();
      assert.equal((await standing("--unattended")).issued, false);
      assert.equal(await asked(), before);
    });

    it("gets the certificate as soon as the authority answers, and nginx has it", async () => {
      await startAuthority(host);
      const { issued, notAfter, problem } = await standing();
      assert.deepEqual([issued, problem], [true, null]);
      assert.ok(Date.parse(notAfter ?? "") > Date.now(), `ends ${notAfter}`);
      assert.match(await served("issuer"), /Pebble/);
    });

    it("leaves certificate and web server alone when it is applied again", async () => {
      const [serial, processes] = [await served("serial"), await workers()];
      assert.equal((await standing("--unattended")).issued, true);
      assert.deepEqual([await served("serial"), await workers()], [serial, processes]);
    });

    it("has Debian's timer renew it", async () => {
      assert.equal((await host.exec("systemctl is-enabled certbot.timer")).trim(), "enabled");
      assert.equal((await host.exec("systemctl is-active certbot.timer")).trim(), "active");
    });

    it("renews under traffic without a failed request", async () => {
      const { sent, failed } = await certified.renewed(100);
      assert.deepEqual(failed, [], `of ${sent}`);
    });

    it("asks the authority that the plan names, though it has a certificate of another", async () => {
      const before = await served("serial");
      publish({ directory: directories.second, email: "admin@landfall-test.net" });
      assert.equal((await standing()).issued, true);
      assert.notEqual(await served("serial"), before);
      assert.match(await host.readFile(`/etc/letsencrypt/renewal/${domain}.conf`), /^server = https:\/\/127\.0\.0\.1/m);
    });

    it("has one certificate for further names, under traffic without a failed request", async () => {
      const names = { domain, aliases: ["alias.landfall-test.net"], redirects: ["landfall-test.net"] };
      publish({ directory: directories.second, email: "admin@landfall-test.net" }, { domains: [names] });
      const traffic = certified.traffic(100);
      assert.deepEqual(await standing().then(({ issued, problem }) => [issued, problem]), [true, null]);
      const shown = await served("ext subjectAltName", "alias.landfall-test.net");
      for (const name of [domain, ...names.aliases, ...names.redirects])
        assert.match(shown, new RegExp(`DNS:${name}(,|\\s)`));
      const { sent, failed } = await traffic;
      assert.deepEqual(failed, [], `of ${sent}`);
    });

    it("asks for a certificate without a name that is gone", async () => {
      publish({ directory: directories.second, email: "admin@landfall-test.net" });
      assert.equal((await standing()).issued, true);
      const shown = await host.exec(
        `openssl x509 -noout -ext subjectAltName -in /etc/landfall/tls/${domain}/fullchain.pem`,
      );
      assert.doesNotMatch(shown, /alias/);
    });

    it("keeps what it serves when a renewed certificate cannot be used", async () => {
      const before = await served("serial");
      await host.exec(`mkdir -p /root/broken/${domain}
      cp -L /etc/letsencrypt/live/${domain}/fullchain.pem /root/broken/${domain}/
      openssl ecparam -name prime256v1 -genkey -noout -out /root/broken/${domain}/privkey.pem`);
      const hook = ["env", `RENEWED_LINEAGE=/root/broken/${domain}`, "/etc/letsencrypt/renewal-hooks/deploy/landfall"];
      const { code, stderr } = await host.attempt(hook);
      assert.equal(code, 1);
      assert.match(stderr, /nginx refuses the certificate, it keeps the one it had/);
      await host.exec("nginx -t -q && systemctl reload nginx");
      assert.equal(await served("serial"), before);
    });
  });
