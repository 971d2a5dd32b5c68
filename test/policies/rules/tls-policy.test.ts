import assert from "node:assert";
import fc from "fast-check";

import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN, Value } from "../../../policies/graph/value";
import { tlsPolicy } from "../../../policies/rules/tls-policy";
import { defaultSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const listener = "aws:lb/listener:Listener";
const remediate = (properties: Resource["properties"], type = listener) => tlsPolicy.remediate?.(type, properties);

describe("tls-policy puts right", () => {
  it("a listener that says nothing, and keeps all else that it says", () => {
    assert.deepStrictEqual(remediate({ protocol: "HTTPS", port: 443 }), {
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    });
  });

  it("nothing that is right", () => {
    assert.strictEqual(remediate({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }), undefined);
  });

  it("no listener without TLS, and no other resource", () => {
    assert.strictEqual(remediate({ protocol: "TCP" }), undefined);
    assert.strictEqual(remediate({ protocol: "HTTPS" }, "aws:lb/listenerRule:ListenerRule"), undefined);
  });

  it("everything that the rule finds, and only that", () => {
    const properties = fc.record({
      protocol: fc.constantFrom<Value>("HTTPS", "TLS"),
      sslPolicy: fc.oneof(
        fc.constantFrom<Value>(UNKNOWN, null, "", "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
        fc.string(),
      ),
    });
    const statusOf = (given: Resource["properties"]) => {
      const made = resource(listener, "https", { properties: given, propertyDependencies: { sslPolicy: [] } });
      return evaluate(graphOf([made]), defaultSettings, [tlsPolicy])[0]?.status;
    };
    fc.assert(
      fc.property(properties, (given) => {
        const put = remediate(given);
        assert.strictEqual(put !== undefined, statusOf(given) === Status.Fail);
        if (put) assert.strictEqual(statusOf(put), Status.Pass);
      }),
    );
  });
});
