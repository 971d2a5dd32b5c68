import assert from "node:assert";
import fc from "fast-check";

import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { graphOf, Resource } from "../../../policies/graph/graph";
import { UNKNOWN, Value } from "../../../policies/graph/value";
import { tlsRedirect } from "../../../policies/rules/tls-redirect";
import { defaultSettings } from "../../../policies/settings";
import { resource } from "../sample-resource";

const listener = "aws:lb/listener:Listener";
const remediate = (properties: Resource["properties"], type = listener) => tlsRedirect.remediate?.(type, properties);
const redirecting = (redirect: Value): Resource["properties"] => ({
  protocol: "HTTP",
  defaultActions: [{ type: "redirect", order: 1, redirect }],
});
const right = { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" };

describe("tls-redirect puts right", () => {
  it("a redirect that leads to plain HTTP, and keeps its host and path", () => {
    assert.deepStrictEqual(
      remediate(redirecting({ host: "www.example.com", path: "/#{path}", statusCode: "HTTP_302" })),
      redirecting({ host: "www.example.com", path: "/#{path}", ...right }),
    );
  });

  it("nothing that is right", () => {
    assert.strictEqual(remediate(redirecting(right)), undefined);
  });

  it("no listener that hands requests on: whoever relies on them would lose them", () => {
    assert.strictEqual(remediate({ protocol: "HTTP", defaultActions: [{ type: "forward" }] }), undefined);
  });

  it("no listener of another protocol, and no other resource", () => {
    assert.strictEqual(remediate({ ...redirecting({}), protocol: "TCP" }), undefined);
    assert.strictEqual(remediate(redirecting({}), "aws:lb/listenerRule:ListenerRule"), undefined);
  });

  it("every redirect that the rule finds, and only those", () => {
    const redirect = fc.dictionary(
      fc.constantFrom("protocol", "port", "statusCode", "host"),
      fc.constantFrom<Value>("HTTPS", "HTTP", "#{protocol}", "443", "80", "HTTP_301", "HTTP_302", UNKNOWN, null),
      { noNullPrototype: true },
    );
    const statusOf = (properties: Resource["properties"]) =>
      evaluate(graphOf([resource(listener, "http", { properties })]), defaultSettings, [tlsRedirect])[0]?.status;
    fc.assert(
      fc.property(redirect, (given) => {
        const put = remediate(redirecting(given));
        assert.strictEqual(put !== undefined, statusOf(redirecting(given)) === Status.Fail);
        if (put) assert.strictEqual(statusOf(put), Status.Pass);
      }),
    );
  });
});
