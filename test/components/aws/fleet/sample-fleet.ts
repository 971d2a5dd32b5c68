import type { FleetArgs } from "../../../../components/aws/fleet/fleet-args";
import { gitApp } from "../sample-place";

export const store = { bucketName: "landfall-dev-web-0123456789ab", parameters: "/landfall/demo/dev/web" };

/** A fleet that is as it should be, and what else is said of it. */
export function sampleFleet(more: Partial<FleetArgs> = {}): FleetArgs {
  return {
    apps: [gitApp()],
    debian: 13,
    store,
    subnetIds: ["subnet-1", "subnet-2"],
    securityGroupIds: ["sg-1"],
    targetGroupArns: ["arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/docs/1"],
    minimum: 2,
    maximum: 6,
    ...more,
  };
}
