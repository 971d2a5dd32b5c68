import { at, Problem } from "../../app/problem";
import { digestProblems, PackageDigests } from "../package-release";
import type { PlannedDownload } from "../plan";
import type { Architecture } from "../ssm-agent";

/** A release of the CloudWatch agent. */
export interface CloudWatchAgentRelease {
  /** At least 1.300072, as its packages have it. @example "1.300072.0b1766" */
  version: string;
  /** Digest of its package by architecture. */
  sha256: PackageDigests;
}

/**
 * The release that is installed by default. AWS publishes signatures of it but no digests; these are those that
 * sous-chefs/aws pins for the same addresses (test/prepare-agents.sh of that repository). They were not compared with a
 * download of our own: docs/host.md says how to, and a host refuses anything else.
 */
export const cloudWatchAgentRelease: CloudWatchAgentRelease = {
  version: "1.300072.0b1766",
  sha256: {
    amd64: "05baeadca96c4bb8e43906ed09cf0bebd0f321ff6d41987bdc46ce681de0978d",
    arm64: "f84cbb6b193f80440f713ec3a2b2b6ed45a16f10d8f0fe38c01cbff9155cb3f9",
  },
};

/** The unit that the package brings. */
export const cloudWatchAgentUnit = "amazon-cloudwatch-agent.service";

/**
 * The agent that tells CloudWatch of memory, disks and logs. The address is that of Ubuntu's package, because the digests are
 * of it; the package has no dependency but libc, and AWS's address without a region serves every region.
 */
export function cloudWatchAgent(
  architecture: Architecture,
  { version, sha256 }: CloudWatchAgentRelease = cloudWatchAgentRelease,
): PlannedDownload {
  return {
    package: "amazon-cloudwatch-agent",
    version,
    url: `https://amazoncloudwatch-agent.s3.amazonaws.com/ubuntu/${architecture}/${version}/amazon-cloudwatch-agent.deb`,
    sha256: sha256[architecture],
    unit: cloudWatchAgentUnit,
  };
}

/**
 * The agent reads the journal since the summer of 2026, and crashed on a description with metrics beside it until
 * aws/amazon-cloudwatch-agent#2175; an older one refuses the whole description.
 */
const readsJournal = 300_072;

/** What is wrong with a release that somebody has given. */
export function cloudWatchAgentProblems(release: CloudWatchAgentRelease, path: string): Problem[] {
  const problems = digestProblems(release.sha256, path);
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)\.\d+b\d+$/.exec(release.version) ?? [];
  const reason =
    Number(major) < 1
      ? "is not a version of the agent"
      : Number(major) === 1 && Number(minor) < readsJournal
        ? "is too old to read the journal"
        : undefined;
  if (reason)
    problems.unshift({
      path: at(path, "version"),
      value: release.version,
      reason,
      fix: `write one like "${cloudWatchAgentRelease.version}", or a later one; "latest" cannot be pinned`,
    });
  return problems;
}
