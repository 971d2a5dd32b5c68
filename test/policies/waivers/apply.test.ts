import assert from "node:assert/strict";
import { Status } from "../../../policies/finding";
import { applyWaivers, findingsAboutWaivers } from "../../../policies/waivers/apply";
import { finding, groupUrn, waiver } from "./sample";

const lastDay = "2027-03-31";

const statusAfter = (...args: Parameters<typeof applyWaivers>): string[] =>
  applyWaivers(...args).map(({ status }) => status);

describe("applyWaivers", () => {
  it("waives a failure, and says by whom", () => {
    const [judged] = applyWaivers([finding()], [waiver()], lastDay);
    assert.equal(judged!.status, Status.Waived);
    assert.equal(judged!.waiver!.owner, "ops@example.com");
  });

  it("knows a resource by name, by URN and as a file", () => {
    assert.deepEqual(statusAfter([finding()], [waiver({ resource: groupUrn })], lastDay), ["waived"]);
    const inFile = finding({ resource: "nginx/sites" });
    assert.deepEqual(statusAfter([inFile], [waiver({ resource: "nginx/sites" })], lastDay), ["waived"]);
  });

  it("knows the deployment as a whole", () => {
    const whole = finding({ resource: null });
    assert.deepEqual(statusAfter([whole], [waiver({ resource: "deployment" })], lastDay), ["waived"]);
    assert.deepEqual(statusAfter([whole], [waiver()], lastDay), ["fail"]);
  });

  it("waives one finding of a rule by its key, and no other", () => {
    const other = finding({ key: "net-no-admin-world[tcp/3389 ::/0]" });
    const byKey = waiver({ finding: "net-no-admin-world[tcp/22 0.0.0.0/0]" });
    assert.deepEqual(statusAfter([finding(), other], [byKey], lastDay), ["waived", "fail"]);
  });

  it("does not take a name's ending for the name", () => {
    const other = finding({ resource: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::old-web" });
    assert.deepEqual(statusAfter([other], [waiver()], lastDay), ["fail"]);
  });

  it("waives what is not known, but nothing that passes", () => {
    const [unknown, pass] = [finding({ status: Status.Unknown }), finding({ status: Status.Pass })];
    assert.deepEqual(statusAfter([unknown, pass], [waiver()], lastDay), ["waived", "pass"]);
  });

  it("holds until the end of its last day", () => {
    assert.deepEqual(statusAfter([finding()], [waiver()], lastDay), ["waived"]);
    assert.deepEqual(statusAfter([finding()], [waiver()], "2027-04-01"), ["fail"]);
  });
});

describe("findingsAboutWaivers", () => {
  it("says nothing about a waiver that is in force and needed", () => {
    assert.deepEqual(findingsAboutWaivers([finding()], [waiver()], lastDay), []);
  });

  it("fails a waiver that no finding needs, at its line", () => {
    const [unused, ...others] = findingsAboutWaivers([finding({ status: Status.Pass })], [waiver()], lastDay);
    assert.deepEqual(others, []);
    assert.equal(unused!.key, "waiver-unused[net-no-admin-world web]");
    assert.equal(unused!.status, Status.Fail);
    assert.deepEqual(unused!.place, { file: "waivers.yaml", line: 2 });
    assert.equal(
      unused!.message,
      "the waiver of net-no-admin-world for web by ops@example.com waives nothing: there is no such finding",
    );
  });

  it("fails a waiver that has expired, needed or not, once", () => {
    for (const findings of [[finding()], []]) {
      const found = findingsAboutWaivers(findings, [waiver()], "2027-04-01");
      assert.deepEqual(
        found.map(({ rule, message }) => [rule, message]),
        [["waiver-expired", "the waiver of net-no-admin-world for web by ops@example.com expired on 2027-03-31"]],
      );
    }
  });
});
