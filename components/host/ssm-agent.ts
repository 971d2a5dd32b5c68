import { at, Problem } from "../app/problem";
import { digestProblems, PackageDigests } from "./package-release";
import { PlannedDownload } from "./plan";

/** Processor architectures, as Debian names them. */
export const Architecture = { Amd64: "amd64", Arm64: "arm64" } as const;
export type Architecture = (typeof Architecture)[keyof typeof Architecture];

/** A release of the Systems Manager agent. */
export interface SsmAgentRelease {
  /** E.g. `3.3.5226.0`. */
  version: string;
  /** Digest of its package by architecture. */
  sha256: PackageDigests;
}

/**
 * The release that is installed by default. AWS publishes no digests, only signatures by a key that it changes about
 * once a year; these are those that sous-chefs/aws pins for the same addresses (test/prepare-agents.sh of
 * that repository). They
 * were not compared with a download of our own: docs/host.md says how to, and a host refuses anything else.
 */
export const ssmAgentRelease: SsmAgentRelease = {
  version: "3.3.5226.0",
  sha256: {
    amd64: "777df4e0ac4bbc8d7d1b159db76cdb6614666bcc73141874414b8be68fb9cba3",
    arm64: "2ed75ecacf633af8b48568f1d468a4849ad006ff901f63761ecb9b0daa8d90d2",
  },
};

/**
 * The agent that lets Systems Manager run commands on a host. AWS's address without a region serves every region
 * (Systems Manager user guide, "Manually installing SSM Agent on Debian Server instances").
 */
export function ssmAgent(
  architecture: Architecture,
  { version, sha256 }: SsmAgentRelease = ssmAgentRelease,
): PlannedDownload {
  return {
    package: "amazon-ssm-agent",
    version,
    url: `https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/${version}/debian_${architecture}/amazon-ssm-agent.deb`,
    sha256: sha256[architecture],
    unit: "amazon-ssm-agent.service",
  };
}

/** What is wrong with a release that somebody has given. */
export function ssmAgentProblems(release: SsmAgentRelease, path: string): Problem[] {
  const problems = digestProblems(release.sha256, path);
  if (!/^\d+(?:\.\d+){3}$/.test(release.version))
    problems.unshift({
      path: at(path, "version"),
      value: release.version,
      reason: "is not a version of the agent",
      fix: `write four numbers, e.g. "${ssmAgentRelease.version}"; "latest" cannot be pinned`,
    });
  return problems;
}
