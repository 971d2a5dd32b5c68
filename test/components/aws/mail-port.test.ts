import assert from "node:assert/strict";
import { planTraffic } from "../../../components/aws/plan-traffic";
import { Protocol, TrafficArgs } from "../../../components/aws/traffic-args";

const warnings = (...egress: TrafficArgs[]): string[] => planTraffic({ egress }).warnings;

describe("mail by port 25", () => {
  it("is said to be blocked by AWS, once for all rules, with the way out", () => {
    const mail = { port: "smtp", peer: "203.0.113.7/32" };
    assert.deepEqual(warnings(mail, { port: "20-30", peer: "2001:db8::/32" }, { port: "https" }), [
      'AWS blocks port 25 out of every instance until it is asked not to, whatever rules say ("smtp to 203.0.113.7/32", ' +
        '"20-30 to 2001:db8::/32"). Send mail by "submission" (587) or "smtps" (465), or ask: ' +
        "https://repost.aws/knowledge-center/ec2-port-25-throttle",
    ]);
  });

  const quiet: TrafficArgs[] = [
    { port: "submission" },
    { port: "smtps" },
    { port: "smtp", protocol: Protocol.Udp },
    { port: "smtp", group: { name: "relay", id: "sg-1" } },
  ];
  for (const args of quiet) {
    it(`is not what ${JSON.stringify(args)} is`, () => {
      assert.deepEqual(warnings(args), []);
    });
  }

  it("may come in", () => {
    assert.deepEqual(planTraffic({ ingress: [{ port: "smtp" }] }).warnings, []);
  });
});
