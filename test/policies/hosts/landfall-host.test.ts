import assert from "node:assert";

import { App } from "../../../components/app/app";
import { canonicalJson, sha256 } from "../../../components/host/digest";
import { inlineUserData } from "../../../components/host/cloud-init/inline";
import { userData } from "../../../components/host/cloud-init/user-data";
import { applicationLoadBalancerHop } from "../../../components/host/hop";
import { directHops } from "../../../components/host/hops";
import { HostPlan } from "../../../components/host/plan";
import { planHost } from "../../../components/host/plan-host";
import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN, Value } from "../../../policies/graph/value";
import { hostsOf } from "../../../policies/hosts/host";
import { defaultSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const api: App = {
  name: "api",
  source: { package: { name: "api", version: "1.0" } },
  process: { command: ["uvicorn", "main:app", "--fd", "3"] },
  routes: [{ domain: "api.example.com" }],
  reach: [{ port: "smtp", peer: "mail.example.com" }],
};
const plan = planHost({ apps: [api], code: {}, debian: 13, hops: directHops });
const digestOf = (content: HostPlan) => sha256(canonicalJson(content));

const site = resource("landfall:index:Site", "web", {
  properties: { apps: [JSON.parse(JSON.stringify(api)) as Value] },
});
const bucket = resource("aws:s3/bucketV2:BucketV2", "store", { properties: { bucket: "store-1", id: UNKNOWN } });
const object = (name: string, properties: Resource["properties"]) =>
  resource("aws:s3/bucketObjectv2:BucketObjectv2", name, {
    properties: { bucket: UNKNOWN, ...properties },
    propertyDependencies: { bucket: [bucket.urn] },
  });
const planObject = (content: HostPlan) =>
  object(`plan-${digestOf(content).slice(0, 8)}`, {
    key: `web/plans/${digestOf(content)}.json`,
    content: canonicalJson(content),
  });
const pointer = (content: HostPlan) =>
  object("pointer", {
    key: "web/current.json",
    content: JSON.stringify({ format: 1, plan: digestOf(content), program: "0" }),
  });
const store = { kind: "s3", bucket: "store-1", region: null, prefix: "web/", parameters: "/landfall/web" } as const;
const machine = resource("aws:ec2/instance:Instance", "web", {
  properties: { userData: userData({ store }) },
  parent: site.urn,
});

/** The host of a stack. */
function hostOf(...resources: Resource[]) {
  const [host] = hostsOf(graphOf(resources), defaultSettings);
  return host ?? assert.fail("there is no host");
}

describe("a host of Landfall", () => {
  it("answers by the names that fit a pattern, by aliases, and on the ports that are said of them", () => {
    const { contract } = hostOf(
      machine,
      resource("landfall:index:Site", "web", {
        properties: {
          apps: [
            JSON.parse(JSON.stringify(api)) as Value,
            {
              name: "chat",
              source: { directory: "." },
              process: { command: ["chat"] },
              routes: [{ domain: "api.*", path: "/chat/" }],
            },
          ],
          web: { domains: [{ domain: "api.example.com", aliases: ["api.example.org"], ports: { https: 9988 } }] },
        },
      }),
    );
    assert.deepStrictEqual(contract.domains, ["api.example.com", "api.example.org"]);
    assert.deepStrictEqual(
      contract.routes?.map(({ domain, path, service }) => [domain + path, service]),
      [
        ["api.example.com/", "app-api.service"],
        ["api.example.org/", "app-api.service"],
        ["api.example.com/chat/", "app-chat.service"],
        ["api.example.org/chat/", "app-chat.service"],
      ],
    );
    assert.deepStrictEqual(
      contract.publicPorts?.map(({ from }) => from),
      [80, 9988],
    );
  });

  it("has the plan that the pointer of its store names, among others", () => {
    const old = { ...plan, debian: 12 };
    const host = hostOf(site, bucket, planObject(old), planObject(plan), pointer(plan), machine);
    assert.deepStrictEqual([host.unread, host.view.plan], [[], plan]);
  });

  it("has no plan of another bucket", () => {
    const elsewhere = object("elsewhere", {
      bucket: "other",
      key: `web/plans/${digestOf(plan)}.json`,
      content: canonicalJson(plan),
    });
    const host = hostOf(site, bucket, { ...elsewhere, propertyDependencies: {} }, machine);
    assert.deepStrictEqual(host.unread, ["its plan is not among the objects of bucket store-1"]);
  });

  it("says that the content of its plan is not known", () => {
    const hidden = object("hidden", { key: `web/plans/${digestOf(plan)}.json`, source: { path: "plan.json" } });
    assert.deepStrictEqual(hostOf(bucket, hidden, machine).unread, [
      `the content of its plan, web/plans/${digestOf(plan)}.json, is not known`,
    ]);
  });

  it("is read from user data that carries the plan", () => {
    const { base64 } = inlineUserData({ plan });
    const host = hostOf({ ...machine, properties: { userDataBase64: base64 } });
    assert.deepStrictEqual([host.unread, host.view.plan?.apps], [[], plan.apps]);
  });

  it("has the contract that its apps declare", () => {
    const { contract } = hostOf(site, bucket, planObject(plan), machine);
    assert.deepStrictEqual(contract, {
      domains: ["api.example.com"],
      routes: [{ domain: "api.example.com", path: "/", service: "app-api.service" }],
      publicPorts: [80, 443].map((port) => ({ from: port, to: port, transport: "tcp" })),
      appPorts: [],
      outbound: [{ port: "smtp", peer: "mail.example.com" }],
      services: ["app-api.service"],
      directories: { "app-api.service": "/opt/landfall/apps/api/current/code" },
    });
  });

  it("has the contract that its component gives out, before the apps", () => {
    const declared = {
      ...site,
      properties: { ...site.properties, contract: { domains: ["www.example.com"], publicPorts: ["https"] } },
    };
    const { contract } = hostOf(declared, bucket, planObject(plan), machine);
    assert.deepStrictEqual([contract.domains, contract.publicPorts?.length], [["www.example.com"], 1]);
  });

  it("says what of a declaration cannot be read", () => {
    const wrong = { ...site, properties: { contract: { domain: ["www.example.com"] } } };
    const { unread } = hostOf(wrong, bucket, planObject(plan), machine);
    assert.deepStrictEqual(unread, [
      'what web declares has 1 problem:\n  contract.domain  is not a property that is known here; did you mean "domains"?',
    ]);
  });

  for (const [what, balance] of [
    ["several instances", {}],
    ["several instances where clients stay", { sticky: true }],
  ] as const) {
    it(`passes all rules about what is on it with ${what} of an app`, () => {
      const many: App = { ...api, process: { ...api.process!, instances: 3 }, balance };
      const placed = planHost({ apps: [many], code: {}, debian: 13, hops: directHops });
      const declared = { ...site, properties: { apps: [JSON.parse(JSON.stringify(many)) as Value] } };
      const stack = [declared, bucket, planObject(placed), pointer(placed), machine];
      const findings = evaluate(graphOf(stack), defaultSettings);
      const about = findings.filter(({ rule }) =>
        /^((ud|app|svc|proxy|hdr)-|(tls-nginx|tls-redirect|log-access)$)/.test(rule),
      );
      assert.ok(about.some(({ rule }) => rule.startsWith("svc-")));
      assert.deepStrictEqual(
        about.filter(({ status }) => status !== Status.Pass),
        [],
      );
    });
  }

  const balancer = applicationLoadBalancerHop({ addresses: ["10.0.1.0/24"] });
  for (const [where, front] of [
    ["", []],
    [" behind a load balancer", [balancer]],
  ] as const) {
    it(`passes all rules about what is on it${where}`, () => {
      const placed = planHost({ apps: [api], code: {}, debian: 13, hops: { ...directHops, front } });
      const findings = evaluate(graphOf([site, bucket, planObject(placed), pointer(placed), machine]), defaultSettings);
      const about = findings.filter(({ rule }) =>
        /^((ud|app|svc|proxy|hdr)-|(tls-nginx|tls-redirect|log-access)$)/.test(rule),
      );
      assert.deepStrictEqual(
        about.filter(({ status }) => status !== Status.Pass),
        [],
      );
    });
  }
});
