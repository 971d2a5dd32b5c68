import assert from "node:assert";
import fc from "fast-check";

import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN, Value } from "../../../policies/graph/value";
import { cfViewerHttps } from "../../../policies/rules/cf-viewer-https";
import { defaultSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const distribution = "aws:cloudfront/distribution:Distribution";
const remediate = (properties: Resource["properties"], type = distribution) =>
  cfViewerHttps.remediate?.(type, properties);
const challenges = { pathPattern: "/.well-known/acme-challenge/*", viewerProtocolPolicy: "allow-all" };

describe("cf-viewer-https puts right", () => {
  it("behaviours that answer plain HTTP, but not the one for challenges", () => {
    const behaviour = { targetOriginId: "origin", viewerProtocolPolicy: "allow-all" };
    assert.deepStrictEqual(
      remediate({
        defaultCacheBehavior: behaviour,
        orderedCacheBehaviors: [challenges, { pathPattern: "/a/*", ...behaviour }],
      }),
      {
        defaultCacheBehavior: { targetOriginId: "origin", viewerProtocolPolicy: "redirect-to-https" },
        orderedCacheBehaviors: [
          challenges,
          { pathPattern: "/a/*", targetOriginId: "origin", viewerProtocolPolicy: "redirect-to-https" },
        ],
      },
    );
  });

  it("nothing of other resources", () => {
    const defaultCacheBehavior = { viewerProtocolPolicy: "allow-all" };
    assert.strictEqual(remediate({ defaultCacheBehavior }, "aws:s3/bucket:Bucket"), undefined);
  });

  it("everything that the rule finds, and only that", () => {
    const policy = fc.constantFrom<Value>("allow-all", "https-only", "redirect-to-https", UNKNOWN);
    const ordered = fc.array(
      fc.record({
        pathPattern: fc.constantFrom("/a/*", "/.well-known/*", challenges.pathPattern),
        viewerProtocolPolicy: policy,
      }),
    );
    const fails = (properties: Resource["properties"]) =>
      evaluate(graphOf([resource(distribution, "cdn", { properties })]), defaultSettings, [cfViewerHttps]).some(
        ({ status }) => status === Status.Fail,
      );
    fc.assert(
      fc.property(policy, ordered, (viewerProtocolPolicy, orderedCacheBehaviors) => {
        const given: Record<string, Value> = {
          defaultCacheBehavior: { viewerProtocolPolicy },
          orderedCacheBehaviors: orderedCacheBehaviors as Value,
        };
        const put = remediate(given);
        assert.strictEqual(put !== undefined, fails(given));
        assert.ok(!put || !fails(put));
      }),
    );
  });
});
