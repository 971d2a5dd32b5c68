import { Finding, Level, Severity, Status } from "../../../policies/finding";
import { PlacedWaiver } from "../../../policies/waivers/waiver";

/** URN of the security group that the sample finding is about. */
export const groupUrn = "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web";

/** A finding with what a test is about changed. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: "net-no-admin-world",
    item: "ports",
    key: "net-no-admin-world[tcp/22 0.0.0.0/0]",
    status: Status.Fail,
    severity: Severity.High,
    level: Level.Mandatory,
    resource: groupUrn,
    place: null,
    message: "port 22 is open to the world",
    fix: "name who may log in",
    ...changes,
  };
}

/** A waiver of the sample finding with what a test is about changed. */
export function waiver(changes: Partial<PlacedWaiver> = {}): PlacedWaiver {
  return {
    finding: "net-no-admin-world",
    resource: "web",
    reason: "The bastion is replaced by Session Manager in March",
    owner: "ops@example.com",
    expires: "2027-03-31",
    place: { file: "waivers.yaml", line: 2 },
    ...changes,
  };
}
