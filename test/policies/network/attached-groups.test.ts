import assert from "node:assert";

import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN } from "../../../policies/graph/value";
import { attachedGroups } from "../../../policies/network/attached-groups";
import { resource } from "../sample-resource";

const group = resource("aws:ec2/securityGroup:SecurityGroup", "group");
const machine = (rest: Partial<Resource>) => resource("aws:ec2/instance:Instance", "web", rest);

/** Names of the groups of a machine, and why there may be more. */
function groupsOf(web: Resource, ...others: Resource[]) {
  const { groups, uncertain } = attachedGroups(graphOf([group, web, ...others]), web);
  return { names: groups.map(({ name }) => name), uncertain };
}

describe("attachedGroups", () => {
  it("finds groups of the machine itself", () => {
    const web = machine({
      properties: { vpcSecurityGroupIds: [UNKNOWN] },
      propertyDependencies: { vpcSecurityGroupIds: [group.urn] },
    });
    assert.deepStrictEqual(groupsOf(web), { names: ["group"], uncertain: null });
  });

  it("finds groups of its launch template", () => {
    const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
      properties: { networkInterfaces: [{ securityGroups: [UNKNOWN] }] },
      propertyDependencies: { networkInterfaces: [group.urn] },
    });
    const web = machine({
      properties: { launchTemplate: { id: UNKNOWN } },
      propertyDependencies: { launchTemplate: [template.urn] },
    });
    assert.deepStrictEqual(groupsOf(web, template), { names: ["group"], uncertain: null });
  });

  it("finds groups that are attached to its network interface", () => {
    const card = resource("aws:ec2/networkInterface:NetworkInterface", "card");
    const attachment = resource(
      "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
      "attachment",
      {
        properties: { networkInterfaceId: UNKNOWN, securityGroupId: UNKNOWN },
        propertyDependencies: { networkInterfaceId: [card.urn], securityGroupId: [group.urn] },
      },
    );
    const web = machine({
      properties: { primaryNetworkInterface: { networkInterfaceId: UNKNOWN } },
      propertyDependencies: { primaryNetworkInterface: [card.urn] },
    });
    assert.deepStrictEqual(groupsOf(web, card, attachment), { names: ["group"], uncertain: null });
  });

  it("says that a machine without any has its network's own", () => {
    assert.deepStrictEqual(groupsOf(machine({})), {
      names: [],
      uncertain: "it has the default group of its network, which is not part of this deployment",
    });
  });
});
