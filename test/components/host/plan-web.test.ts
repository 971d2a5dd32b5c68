import assert from "node:assert/strict";
import { WebProgram } from "../../../components/app/web";
import { applicationLoadBalancerHop, cloudFrontHop } from "../../../components/host/hop";
import { directHops } from "../../../components/host/hops";
import type { HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { letsEncrypt } from "../../../components/host/tls/acme";
import { sampleApps } from "./nginx/sample-apps";

const code = Object.fromEntries(sampleApps.map(({ name }) => [name, { digest: "0".repeat(64), requirements: "" }]));
const plan = (changes: Partial<Parameters<typeof planHost>[0]> = {}): HostPlan =>
  planHost({ apps: sampleApps, code, debian: 12, hops: directHops, web: { program: WebProgram.Apache }, ...changes });
const paths = ({ files }: HostPlan): string[] => files.map(({ path }) => path);

describe("a host whose web server is Apache httpd", () => {
  it("has httpd's package, unit and files, and nothing of nginx", () => {
    const host = plan();
    assert.ok(host.packages.includes("apache2"));
    assert.deepEqual(host.units[0], { name: "apache2.service", app: null });
    assert.ok(paths(host).includes("/etc/systemd/system/apache2.service.d/landfall.conf"));
    assert.doesNotMatch(JSON.stringify([host.packages, host.units, paths(host)]), /nginx/);
  });

  it("has the folder that httpd's test of a configuration needs, where httpd never ran", () =>
    assert.ok(plan().directories.some(({ path }) => path === "/run/apache2")));

  it("says how its configuration is checked, where nginx goes without saying", () => {
    assert.deepEqual(plan().web?.check, ["apache2", "-t", "-f"]);
    assert.equal(plan({ web: {} }).web, undefined);
  });

  it("shows strangers a certificate that nobody brings", () =>
    assert.deepEqual(
      plan({ certificates: { acme: { directory: letsEncrypt.staging, email: null } } }).certificates.at(-1),
      { domain: "unknown.invalid", folder: "/etc/landfall/tls/unknown.invalid", parameter: "tls/unknown.invalid" },
    ));

  it("has certbot tell httpd of a renewal", () => {
    const host = plan({ certificates: { acme: { directory: letsEncrypt.staging, email: null } } });
    const hook = host.files.find(({ path }) => path.includes("renewal-hooks"))!.content;
    assert.match(hook, /\["apache2","-t","-f","\/etc\/apache2\/apache2.conf"\]/);
    assert.match(hook, /^UNIT = "apache2.service"$/m);
    assert.doesNotMatch(hook, /nginx/);
  });

  it("keeps what proves a hop as httpd reads it", () => {
    const hops = {
      ...directHops,
      front: [cloudFrontHop({ provesItself: true }), applicationLoadBalancerHop({ addresses: ["10.0.0.0/24"] })],
    };
    assert.equal(
      plan({ hops }).proofs?.[0]?.line,
      'SetEnvIf X-Landfall-Origin-Secret "^%s$" landfall_proven_by_x_landfall_origin_secret=1\n',
    );
  });

  it("keeps what proves a hop as HAProxy reads it, where that is the web server", () => {
    const hops = { ...directHops, front: [cloudFrontHop({ provesItself: true })] };
    const apps = sampleApps.filter(({ process }) => process);
    const host = plan({ apps, hops, web: { program: WebProgram.HAProxy } });
    const [proof] = host.proofs ?? [];
    assert.equal(proof?.line, "%s\n");
    const text = host.files.find(({ path }) => path === "/etc/haproxy/haproxy.cfg")?.content;
    assert.ok(text?.includes(`-m str -f ${proof.path} }`), text);
  });

  it("tells CloudWatch httpd's logs", () => {
    const host = plan({ reports: { name: "/landfall/demo", dataVolume: false } });
    const description = host.files.find(({ path }) => path.includes("amazon-cloudwatch-agent"))!.content;
    assert.match(description, /\/var\/log\/apache2\/access\.log/);
  });
});
