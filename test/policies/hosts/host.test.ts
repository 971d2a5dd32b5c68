import assert from "node:assert";

import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN } from "../../../policies/graph/value";
import { hostsOf } from "../../../policies/hosts/host";
import { readNginx } from "../../../policies/reader/read-nginx";
import { defaultSettings, readSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const machine = (rest: Partial<Resource> = {}) => resource("aws:ec2/instance:Instance", "web", rest);
const withData = machine({ properties: { userData: "#!/bin/sh\n" } });

/** A resource whose properties are made from others, and are not known. */
const madeFrom = (type: string, name: string, from: Record<string, Resource>) =>
  resource(type, name, {
    properties: Object.fromEntries(Object.keys(from).map((property) => [property, UNKNOWN])),
    propertyDependencies: Object.fromEntries(Object.entries(from).map(([property, { urn }]) => [property, [urn]])),
  });

describe("hostsOf", () => {
  const hosts = (resources: Resource[], settings: unknown = {}) =>
    hostsOf(graphOf(resources), readSettings(settings).settings);

  it("leaves out a machine that has no user data and that nobody says anything about", () => {
    assert.deepStrictEqual(hosts([machine()], { hosts: [{ publicPorts: ["443"] }] }), []);
  });

  it("takes in a machine that the settings name", () => {
    const [host] = hosts([machine()], { hosts: [{ host: "web", services: ["app.service"] }] });
    assert.deepStrictEqual([host?.urn, host?.contract.services], [machine().urn, ["app.service"]]);
  });

  it("lets settings for one host go before those for all", () => {
    const [host] = hosts([withData], {
      hosts: [
        { domains: ["all.example.com"], services: ["all.service"] },
        { host: "web", domains: ["one.example.com"] },
      ],
    });
    assert.deepStrictEqual([host?.contract.domains, host?.contract.services], [["one.example.com"], ["all.service"]]);
  });

  it("takes names and local ports of the web server where nothing is declared", () => {
    const content = `http {
      upstream app { server 127.0.0.1:8000; }
      server { server_name a.example.com _ localhost db.internal ~^x; location / { proxy_pass http://app; } }
    }`;
    const view = readNginx([{ path: "nginx.conf", content }], "folder");
    const [host] = hostsOf(graphOf([], [view]), defaultSettings);
    assert.deepStrictEqual(
      [host?.urn, host?.machine, host?.contract.domains, host?.contract.appPorts],
      ["folder", null, ["a.example.com"], [8000]],
    );
  });

  it("reads what a command over SSH does to the machine, by the address it connects to", () => {
    const address = madeFrom("aws:ec2/eip:Eip", "address", { instance: withData });
    const command = resource("command:remote:Command", "setup", {
      properties: { connection: { host: UNKNOWN }, create: "git clone https://git.example.com/a /srv/a" },
      propertyDependencies: { connection: [address.urn] },
    });
    const [host] = hosts([withData, address, command]);
    assert.deepStrictEqual(
      host?.view.produced.map(({ path }) => path),
      ["/srv/a"],
    );
  });

  it("says that a command is not known yet", () => {
    const command = resource("command:remote:Command", "setup", {
      properties: { connection: { host: UNKNOWN }, create: UNKNOWN },
      propertyDependencies: { connection: [withData.urn] },
    });
    assert.deepStrictEqual(hosts([withData, command])[0]?.unread, [
      "what setup does is known only after the deployment",
    ]);
  });

  it("does not take a property for user data that only the provider computes", () => {
    assert.deepStrictEqual(hosts([machine({ properties: { userData: UNKNOWN, userDataBase64: UNKNOWN } })]), []);
  });
});

describe("the entries of a machine", () => {
  const namesOf = (resources: Resource[]) => {
    const [host] = hostsOf(graphOf([withData, ...resources]), defaultSettings);
    const { own, loadBalancers, distributions } = host!.machine!.entries;
    return [own, loadBalancers, distributions].map((entries) => entries.map(({ name }) => name));
  };
  const balancer = resource("aws:alb/loadBalancer:LoadBalancer", "balancer");
  const group = resource("aws:alb/targetGroup:TargetGroup", "targets");
  const listener = madeFrom("aws:alb/listener:Listener", "listener", {
    loadBalancerArn: balancer,
    defaultActions: group,
  });

  it("are its elastic address, and the association that gives it", () => {
    const address = resource("aws:ec2/eip:Eip", "address");
    const association = madeFrom("aws:ec2/eipAssociation:EipAssociation", "link", {
      instanceId: withData,
      allocationId: address,
    });
    assert.deepStrictEqual(namesOf([address, association]), [["web", "link", "address"], [], []]);
  });

  it("are a load balancer that hands requests to it, and a CDN before that", () => {
    const target = madeFrom("aws:alb/targetGroupAttachment:TargetGroupAttachment", "target", {
      targetId: withData,
      targetGroupArn: group,
    });
    const cdn = madeFrom("aws:cloudfront/distribution:Distribution", "cdn", { origins: balancer });
    assert.deepStrictEqual(namesOf([balancer, group, listener, target, cdn]), [["web"], ["balancer"], ["cdn"]]);
  });

  it("are no load balancer that serves others", () => {
    assert.deepStrictEqual(namesOf([balancer, group, listener]), [["web"], [], []]);
  });

  it("are the load balancer of the scaling group that is made from a template", () => {
    const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      properties: { userData: "IyEvYmluL3NoCg==" },
    });
    const scaling = madeFrom("aws:autoscaling/group:Group", "machines", {
      launchTemplate: template,
      targetGroupArns: group,
    });
    const [host] = hostsOf(graphOf([template, scaling, balancer, group, listener]), defaultSettings);
    assert.deepStrictEqual(
      host?.machine?.entries.loadBalancers.map(({ name }) => name),
      ["balancer"],
    );
  });
});
