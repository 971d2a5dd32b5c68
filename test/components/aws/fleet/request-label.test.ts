import assert from "node:assert/strict";
import { requestLabel } from "../../../../components/aws/fleet/request-label";

describe("requestLabel", () => {
  it("is made of the ends of both names", () => {
    const arn = (what: string): string => `arn:aws-cn:elasticloadbalancing:cn-north-1:111122223333:${what}`;
    assert.equal(
      requestLabel(arn("loadbalancer/app/web/778d41231b141a0f"), arn("targetgroup/web-shop/943f017f100becff")),
      "app/web/778d41231b141a0f/targetgroup/web-shop/943f017f100becff",
    );
  });
});
