import assert from "node:assert/strict";

import { App } from "../../../../components/app/app";
import { staticSite } from "../../../../components/app/presets/static-site";
import { HostProblems } from "../../../../components/host/build";
import { inlineUserData } from "../../../../components/host/cloud-init/inline";
import { inlineHost, InlineHostArgs } from "../../../../components/host/cloud-init/inline-host";
import { applicationLoadBalancerHop, cloudFrontHop } from "../../../../components/host/hop";
import { directHops } from "../../../../components/host/hops";
import { planHost } from "../../../../components/host/plan-host";
import { letsEncrypt } from "../../../../components/host/tls/acme";

const git = { url: "https://git.example.com/site.git", ref: "v1" };
const site: App = staticSite({ name: "site", source: { git }, domains: ["www.example.com"] });
const certificates = { acme: { directory: letsEncrypt.production, email: null } };

function pathsOf(args: InlineHostArgs): string[] {
  try {
    inlineHost(args);
  } catch (error) {
    assert.ok(error instanceof HostProblems, String(error));
    return error.problems.map(({ path }) => path);
  }
  return [];
}

describe("inlineHost", () => {
  it("gives the user data of the plan of its apps, for the newest Debian that they can run on", () => {
    const plan = planHost({ apps: [site], code: {}, debian: 13, hops: directHops, certificates });
    assert.equal(inlineHost({ apps: [site], certificates }).base64, inlineUserData({ plan }).base64);
  });

  it("believes the hops that are given, and takes none that fit neither it nor its apps", () => {
    const balancer = applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] });
    assert.match(
      inlineHost({ apps: [site], certificates, front: [balancer] }).text,
      /set_real_ip_from 10\.0\.1\.0\/24;/,
    );
    const wrong = { ...balancer, addresses: ["0.0.0.0/0"] };
    assert.deepEqual(pathsOf({ apps: [site], front: [wrong] }), ["front[0].addresses[0]"]);
  });

  it("takes no directory and no secret that somebody has to bring", () => {
    const own: App = { ...site, source: { directory: "." }, secrets: [{ name: "key" }] };
    assert.deepEqual(pathsOf({ apps: [own] }), ["apps[0].source.directory", "apps[0].secrets[0]"]);
  });

  it("takes no hop that proves itself, by a secret that somebody has to bring", () => {
    const cdn = cloudFrontHop({ addresses: ["130.176.0.0/17"], provesItself: true });
    assert.deepEqual(pathsOf({ apps: [site], front: [cdn] }), ["front[0].provesBy"]);
  });

  it("takes no app that is no good on any host, and no name that the authority does not sign", () => {
    assert.deepEqual(pathsOf({ apps: [{ ...site, name: "Site" }] }), ["apps[0].name"]);
    const secret = staticSite({ name: "site", source: { git }, domains: ["nas.local"] });
    assert.deepEqual(pathsOf({ apps: [secret], certificates }), ["apps[0].routes[0].domain"]);
  });

  it("takes what the cloud takes, which is more in some than in EC2", () => {
    const made = inlineHost({ apps: [site], certificates });
    assert.deepEqual(pathsOf({ apps: [site], certificates, limitBytes: made.bytes }), []);
    assert.deepEqual(pathsOf({ apps: [site], certificates, limitBytes: made.bytes - 1 }), ["apps"]);
  });
});
