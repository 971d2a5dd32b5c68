import assert from "node:assert/strict";

import { ssmAgent, ssmAgentProblems, ssmAgentRelease } from "../../../components/host/ssm-agent";

describe("the Systems Manager agent", () => {
  it("is one release for each architecture, at AWS's address for all regions, with its digest", () => {
    assert.deepEqual(ssmAgent("arm64"), {
      package: "amazon-ssm-agent",
      version: "3.3.5226.0",
      url: "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/3.3.5226.0/debian_arm64/amazon-ssm-agent.deb",
      sha256: "2ed75ecacf633af8b48568f1d468a4849ad006ff901f63761ecb9b0daa8d90d2",
      unit: "amazon-ssm-agent.service",
    });
    assert.notEqual(ssmAgent("amd64").sha256, ssmAgent("arm64").sha256);
  });

  it("may be another release", () => {
    const release = { version: "3.4.1.0", sha256: { amd64: "a".repeat(64), arm64: "b".repeat(64) } };
    assert.deepEqual(ssmAgentProblems(release, "agent"), []);
    assert.match(ssmAgent("amd64", release).url, /\/3\.4\.1\.0\/debian_amd64\//);
    assert.equal(ssmAgent("amd64", release).sha256, "a".repeat(64));
  });

  it("has no problem with the release that is the default", () => {
    assert.deepEqual(ssmAgentProblems(ssmAgentRelease, "agent"), []);
  });

  it("cannot be pinned by a name, nor by half a digest", () => {
    const problems = ssmAgentProblems({ version: "latest", sha256: { amd64: "abc", arm64: "B".repeat(64) } }, "agent");
    assert.deepEqual(
      problems.map(({ path, value }) => [path, value]),
      [
        ["agent.version", "latest"],
        ["agent.sha256.amd64", "abc"],
        ["agent.sha256.arm64", "B".repeat(64)],
      ],
    );
  });
});
