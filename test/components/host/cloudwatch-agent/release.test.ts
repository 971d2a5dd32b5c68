import assert from "node:assert/strict";
import {
  cloudWatchAgent,
  cloudWatchAgentProblems,
  cloudWatchAgentRelease,
} from "../../../../components/host/cloudwatch-agent/release";

describe("cloudWatchAgent", () => {
  it("is a package of one version, by the digest for the processor", () => {
    assert.deepEqual(cloudWatchAgent("arm64"), {
      package: "amazon-cloudwatch-agent",
      version: "1.300072.0b1766",
      url: "https://amazoncloudwatch-agent.s3.amazonaws.com/ubuntu/arm64/1.300072.0b1766/amazon-cloudwatch-agent.deb",
      sha256: "f84cbb6b193f80440f713ec3a2b2b6ed45a16f10d8f0fe38c01cbff9155cb3f9",
      unit: "amazon-cloudwatch-agent.service",
    });
    assert.notEqual(cloudWatchAgent("amd64").sha256, cloudWatchAgent("arm64").sha256);
  });

  it("is pinned by a release that has no problems", () => {
    assert.deepEqual(cloudWatchAgentProblems(cloudWatchAgentRelease, "agent"), []);
  });

  for (const version of ["1.300072.0b1766", "1.300073.1b2", "2.0.0b1"]) {
    it(`can be ${version}`, () => {
      assert.deepEqual(cloudWatchAgentProblems({ ...cloudWatchAgentRelease, version }, "agent"), []);
    });
  }

  for (const [version, reason] of [
    ["latest", "is not a version of the agent"],
    ["1.300072.0", "is not a version of the agent"],
    ["1.300071.0b1", "is too old to read the journal"],
    ["1.247360.0b252", "is too old to read the journal"],
  ] as const) {
    it(`cannot be ${version}: it ${reason}`, () => {
      const [problem, ...others] = cloudWatchAgentProblems({ ...cloudWatchAgentRelease, version }, "agent");
      assert.deepEqual([problem?.path, problem?.value, problem?.reason], ["agent.version", version, reason]);
      assert.deepEqual(others, []);
    });
  }

  it("cannot be pinned by half a digest", () => {
    const sha256 = { ...cloudWatchAgentRelease.sha256, amd64: "abc" };
    assert.deepEqual(
      cloudWatchAgentProblems({ ...cloudWatchAgentRelease, sha256 }, "agent").map(({ path, value }) => [path, value]),
      [["agent.sha256.amd64", "abc"]],
    );
  });
});
