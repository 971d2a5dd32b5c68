import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../components/app/problem";
import { PlannedRule, planTraffic, Protocol, Traffic, TrafficArgs } from "../../../components/aws/plan-traffic";

const keys = (rules: readonly PlannedRule[]): string[] => rules.map((rule) => rule.key);
const problems = (traffic: Traffic): string[] =>
  planTraffic(traffic).problems.map((problem) => `${problem.path}: ${problemText(problem)}`);

describe("planTraffic", () => {
  it("opens what has no peer to everybody, by IPv4 and IPv6", () => {
    assert.deepEqual(planTraffic({ ingress: [{ port: "https" }] }).ingress, [
      {
        key: "https-from-anywhere-ipv4",
        description: "https from anywhere-ipv4",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        peer: { cidrIpv4: "0.0.0.0/0" },
      },
      {
        key: "https-from-anywhere-ipv6",
        description: "https from anywhere-ipv6",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        peer: { cidrIpv6: "::/0" },
      },
    ]);
  });

  const purposes: [string, number][] = [
    ["smtp", 25],
    ["http", 80],
    ["ldap", 389],
    ["https", 443],
    ["smtps", 465],
    ["submission", 587],
    ["ldaps", 636],
  ];
  for (const [purpose, port] of purposes) {
    it(`knows ${purpose} as ${port}, in both directions`, () => {
      const traffic = [{ port: purpose, peer: "10.0.0.0/8" }];
      const { ingress, egress } = planTraffic({ ingress: traffic, egress: traffic });
      assert.deepEqual(keys(ingress), [`${purpose}-from-10.0.0.0/8`]);
      assert.deepEqual(keys(egress), [`${purpose}-to-10.0.0.0/8`]);
      assert.deepEqual([ingress[0]!.ports, egress[0]!.ports], Array(2).fill({ from: port, to: port }));
    });
  }

  it("keeps a rule's name when another rule is put before it", () => {
    const before = planTraffic({ egress: [{ port: "ldaps" }] });
    const after = planTraffic({ egress: [{ port: "smtps" }, { port: "ldaps" }] });
    assert.deepEqual(keys(after.egress).slice(2), keys(before.egress));
  });

  it("names a port alike however it is written", () => {
    const written = (port: string): string[] => keys(planTraffic({ egress: [{ port, peer: "10.0.0.0/8" }] }).egress);
    assert.deepEqual(written("465"), written("smtps"));
    assert.deepEqual(written("465-465"), written("smtps"));
  });

  it("makes one rule of what is said twice", () => {
    const twice = [{ port: "https" }, { port: "443" }, { port: "https", peer: "0.0.0.0/0" }];
    assert.deepEqual(keys(planTraffic({ ingress: twice }).ingress), [
      "https-from-anywhere-ipv4",
      "https-from-anywhere-ipv6",
    ]);
  });

  it("tells ranges and UDP from others", () => {
    const traffic = [
      { port: "8000-8100", peer: "10.0.0.0/8" },
      { port: "https", protocol: Protocol.Udp, peer: "10.0.0.0/8" },
    ];
    const rules = planTraffic({ ingress: traffic }).ingress;
    assert.deepEqual(keys(rules), ["8000-8100-from-10.0.0.0/8", "https-udp-from-10.0.0.0/8"]);
    assert.deepEqual(rules[0]!.ports, { from: 8000, to: 8100 });
    assert.equal(rules[1]!.protocol, "udp");
  });

  const group = { name: "balancer", id: "sg-0123456789abcdef0" };
  const peers: [string, Omit<TrafficArgs, "port">, string, object][] = [
    ["a network of IPv4", { peer: "10.0.0.0/8" }, "10.0.0.0/8", { cidrIpv4: "10.0.0.0/8" }],
    ["a network of IPv6", { peer: "2001:DB8:0::/48" }, "2001.db8../48", { cidrIpv6: "2001:db8::/48" }],
    ["a prefix list", { peer: "pl-12345678" }, "pl-12345678", { prefixListId: "pl-12345678" }],
    ["a group", { peer: group.id }, group.id, { referencedSecurityGroupId: group.id }],
    ["a group of the program", { group }, "group-balancer", { referencedSecurityGroupId: group.id }],
  ];
  for (const [what, args, name, peer] of peers) {
    it(`takes ${what} as a peer`, () => {
      const [rule, ...others] = planTraffic({ ingress: [{ port: "https", ...args }] }).ingress;
      assert.deepEqual([rule!.key, rule!.peer, others.length], [`https-from-${name}`, peer, 0]);
    });
  }

  it("gives all problems at once, with the names that there are", () => {
    const wrong = {
      ingress: [{ port: "gopher" }, { port: "8100-8000" }, { port: "https", protocol: "icmp" as Protocol }],
      egress: [{ port: "https", peer: "10.0.0.1" }, { port: "0" }, { port: "ldap", peer: "sg-12" }],
    };
    assert.deepEqual(problems(wrong), [
      'ingress[0].port: "gopher" is not a purpose, port or range; use one of smtp, http, ldap, https, smtps, submission, ldaps, a port or a range',
      'ingress[1].port: "8100-8000" is not a purpose, port or range; write it as "8000-8100"',
      'ingress[2].protocol: "icmp" is not a protocol that has ports; use tcp or udp',
      'egress[0].peer: "10.0.0.1" is an address without a prefix length; write it as "10.0.0.1/32"',
      'egress[1].port: "0" is not a purpose, port or range; give a port from 1 to 65535 or a range like "8000-8010"',
      'egress[2].peer: "sg-12" is not an id of AWS; write it like "sg-0123456789abcdef0" or "pl-0123456789abcdef0"',
    ]);
  });

  it("refuses a peer beside a group, and a group's name that no rule can carry", () => {
    const both = { port: "https", peer: "10.0.0.0/8", group };
    const named = { port: "https", group: { ...group, name: "a::b" } };
    assert.deepEqual(problems({ ingress: [both, named] }), [
      "ingress[0]: has a peer and a group; give one of the two, or neither for anywhere",
      'ingress[1].group.name: "a::b" cannot be part of a rule\'s name; use 1 to 64 letters, digits, dots, hyphens and underscores',
    ]);
  });

  const port = fc.oneof(
    fc.constantFrom(...purposes.map(([purpose]) => purpose)),
    fc.tuple(fc.integer({ min: 1, max: 65535 }), fc.integer({ min: 1, max: 65535 })).map(([a, b]) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      return `${from}-${to}`;
    }),
  );
  const ipv4 = fc.tuple(fc.ipV4(), fc.constantFrom("/32")).map(([address, length]) => address + length);
  const ipv6 = fc.ipV6().map((address) => `${address}/128`);
  const traffic = fc.record<TrafficArgs>(
    { port, peer: fc.oneof(ipv4, ipv6), protocol: fc.constantFrom(...Object.values(Protocol)) },
    { requiredKeys: ["port"] },
  );

  it("gives every rule a name of its own, one peer, and a description that EC2 takes", () => {
    fc.assert(
      fc.property(fc.array(traffic, { maxLength: 8 }), (ingress) => {
        const planned = planTraffic({ ingress });
        assert.deepEqual(planned.problems, []);
        const meanings = planned.ingress.map(({ protocol, ports, peer }) => JSON.stringify([protocol, ports, peer]));
        assert.equal(new Set(keys(planned.ingress)).size, planned.ingress.length);
        assert.equal(new Set(meanings).size, planned.ingress.length);
        for (const rule of planned.ingress) {
          assert.equal(Object.keys(rule.peer).length, 1);
          assert.doesNotMatch(rule.key, /::/);
          // AuthorizeSecurityGroupIngress, IpRange.Description
          assert.match(rule.description, /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
        }
      }),
    );
  });

  it("does not mind the order", () => {
    fc.assert(
      fc.property(fc.array(traffic, { maxLength: 6 }), (ingress) => {
        const turned = planTraffic({ ingress: [...ingress].reverse() }).ingress;
        assert.deepEqual(keys(turned).sort(), keys(planTraffic({ ingress }).ingress).sort());
      }),
    );
  });
});
