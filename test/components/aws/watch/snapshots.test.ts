import assert from "node:assert/strict";
import { Server, ServerArgs } from "../../../../components/aws/server";
import type { SnapshotArgs } from "../../../../components/aws/watch/watch-args";
import { all, one, record, Recorded } from "../recorded";

const policyType = "aws:dlm/lifecyclePolicy:LifecyclePolicy";
const volumeType = "aws:ebs/volume:Volume";
const args: ServerArgs = { debian: 12, userData: "#cloud-config\n", securityGroupIds: [], tags: { team: "web" } };
const copied = (snapshots: SnapshotArgs): Promise<Recorded<Server>> =>
  record(() => new Server("web", { ...args, snapshots }));

interface Details {
  targetTags: Record<string, string>;
  schedules: { createRule: { times: string }; retainRule: object }[];
}
const details = (recorded: Recorded<unknown>): Details[] =>
  all(recorded, policyType).map(({ inputs }) => inputs.policyDetails as Details);

/** Names of what a policy would copy: whatever has all of its tags. */
function targets(recorded: Recorded<unknown>, { targetTags }: Details): string[] {
  const tagsOf = ({ inputs }: (typeof recorded.resources)[number]): Record<string, string>[] => [
    (inputs.tags ?? {}) as Record<string, string>,
    (inputs.rootBlockDevice as { tags?: Record<string, string> } | undefined)?.tags ?? {},
  ];
  return recorded.resources
    .filter((resource) =>
      tagsOf(resource).some((tags) => Object.entries(targetTags).every(([key, value]) => tags[key] === value)),
    )
    .map(({ type, name }) => `${type} ${name}`);
}

describe("snapshots of a server's data", () => {
  it("are made every night, and seven of them stay", async () => {
    const recorded = await copied({});
    assert.deepEqual(one(recorded, policyType).inputs, {
      description: "Daily copies for web-snapshots",
      executionRoleArn: "arn of web-snapshots",
      policyDetails: {
        resourceTypes: ["VOLUME"],
        targetTags: { "landfall:snapshots": "web-address-allocation" },
        schedules: [
          {
            name: "daily",
            copyTags: true,
            createRule: { interval: 24, intervalUnit: "HOURS", times: "03:00" },
            retainRule: { count: 7 },
          },
        ],
      },
      tags: { team: "web" },
    });
  });

  it("are made when and kept as long as was asked for", async () => {
    const [{ schedules }] = details(await copied({ keepDays: 30, hourUtc: 22 })) as [Details];
    assert.deepEqual([schedules[0]!.createRule.times, schedules[0]!.retainRule], ["22:00", { count: 30 }]);
  });

  it("are of the data volume alone", async () => {
    const recorded = await copied({});
    assert.deepEqual(targets(recorded, details(recorded)[0]!), [`${volumeType} web-data`]);
  });

  it("are told from those of another server", async () => {
    const recorded = await record(() => {
      new Server("web", { ...args, snapshots: {} });
      return new Server("shop", { ...args, snapshots: {} });
    });
    assert.deepEqual(
      details(recorded)
        .flatMap((one) => targets(recorded, one))
        .sort(),
      [`${volumeType} shop-data`, `${volumeType} web-data`],
    );
  });

  it("leave a volume's tags alone where there are none", async () => {
    const recorded = await record(() => new Server("web", args));
    assert.deepEqual(one(recorded, volumeType).inputs.tags, { Name: "web-data", team: "web" });
  });

  it("have a role that only Data Lifecycle Manager takes on, with what AWS says it needs", async () => {
    const recorded = await copied({});
    const { inputs } = one(recorded, "aws:iam/role:Role", "web-snapshots");
    assert.deepEqual(JSON.parse(inputs.assumeRolePolicy as string), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Snapshots", Effect: "Allow", Principal: { Service: "dlm.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    assert.equal(
      one(recorded, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs.policyArn,
      "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole",
    );
    assert.ok(
      one(recorded, policyType).dependsOn.includes("aws:iam/rolePolicyAttachment:RolePolicyAttachment::web-snapshots"),
    );
  });

  it("say of themselves what Data Lifecycle Manager can read", async () => {
    const recorded = await record(() => new Server("web.shop", { ...args, snapshots: {} }));
    assert.equal(one(recorded, policyType).inputs.description, "Daily copies for web-shop-snapshots");
  });
});
