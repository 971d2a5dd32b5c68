import assert from "node:assert";

import { currentType } from "../../../policies/graph/current-type";

describe("currentType", () => {
  const pairs = [
    ["aws:alb/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"],
    ["aws:applicationloadbalancing/listener:Listener", "aws:lb/listener:Listener"],
    ["aws:elasticloadbalancingv2/targetGroup:TargetGroup", "aws:lb/targetGroup:TargetGroup"],
    ["aws:elasticloadbalancing/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"],
    ["aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"],
    ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"],
    ["aws:lb/listener:Listener", "aws:lb/listener:Listener"],
    ["aws:apigatewayv2/api:Api", "aws:apigatewayv2/api:Api"],
    ["landfall:index:Site", "landfall:index:Site"],
    ["pulumi:pulumi:Stack", "pulumi:pulumi:Stack"],
  ] as const;

  for (const [written, current] of pairs) {
    it(`knows ${written} as ${current}`, () => {
      assert.strictEqual(currentType(written), current);
    });
  }
});
