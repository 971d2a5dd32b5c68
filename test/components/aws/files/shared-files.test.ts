import assert from "node:assert/strict";
import { SharedFilesArgs } from "../../../../components/aws/files/files-args";
import { SharedFiles } from "../../../../components/aws/files/shared-files";
import { groupRules } from "../group-rules";
import { all, one, record, Recorded, valueOf } from "../recorded";

const systemType = "aws:efs/fileSystem:FileSystem";
const given: SharedFilesArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  hosts: [{ name: "web", id: "sg-1" }],
};
const files = (more: Partial<SharedFilesArgs> = {}): Promise<Recorded<SharedFiles>> =>
  record(() => new SharedFiles("uploads", { ...given, ...more }));

describe("SharedFiles", () => {
  it("are encrypted on disk, and as fast as they are asked for", async () =>
    assert.deepEqual(one(await files({ tags: { team: "web" } }), systemType).inputs, {
      encrypted: true,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      tags: { Name: "uploads", team: "web" },
    }));

  it("go where files are that are seldom read, and come back when they are, if asked to", async () => {
    const policies = async (seldomReadDays: number): Promise<unknown> =>
      one(await files({ seldomReadDays }), systemType).inputs.lifecyclePolicies;
    const back = { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" };
    assert.deepEqual(await policies(30), [{ transitionToIa: "AFTER_30_DAYS" }, back]);
    assert.deepEqual(await policies(1), [{ transitionToIa: "AFTER_1_DAY" }, back]);
  });

  it("are copied each day, unless told otherwise", async () => {
    const policy = async (more: Partial<SharedFilesArgs>): Promise<unknown> =>
      one(await files(more), "aws:efs/backupPolicy:BackupPolicy").inputs.backupPolicy;
    assert.deepEqual(await policy({}), { status: "ENABLED" });
    assert.deepEqual(await policy({ backups: false }), { status: "DISABLED" });
  });

  it("can be reached in each subnet, by the group of their own", async () => {
    const targets = all(await files(), "aws:efs/mountTarget:MountTarget");
    assert.deepEqual(
      targets.map(({ name, inputs }) => [name, inputs.subnetId, inputs.securityGroups]),
      [
        ["uploads-1", "subnet-1", ["uploads-id"]],
        ["uploads-2", "subnet-2", ["uploads-id"]],
      ],
    );
  });

  it("open the way for their hosts, and for nobody else", async () => {
    const recorded = await files();
    assert.deepEqual(groupRules(recorded, "Ingress"), [["uploads-id", 2049, 2049, "sg-1"]]);
    assert.deepEqual(groupRules(recorded, "Egress"), [["sg-1", 2049, 2049, "uploads-id"]]);
  });

  it("have a name in DNS", async () =>
    assert.equal(await valueOf((await files()).result.endpoint), "fs-uploads.efs.us-west-2.amazonaws.com"));

  it("can be protected", async () => assert.equal(one(await files({ protection: true }), systemType).protect, true));

  it("throw with everything that is wrong", async () => {
    await record(() =>
      assert.throws(() => new SharedFiles("uploads", { ...given, seldomReadDays: 9, hosts: [] }), /has 2 problems/),
    );
  });
});
