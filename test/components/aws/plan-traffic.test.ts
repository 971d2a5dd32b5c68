import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../components/app/problem";
import { purposes } from "../../../components/app/traffic";
import { PlannedGroup, PlannedRule, planTraffic } from "../../../components/aws/plan-traffic";
import { Protocol, TrafficArgs } from "../../../components/aws/traffic-args";

const keys = (rules: readonly PlannedRule[]): string[] => rules.map((rule) => rule.key);
const problems = (traffic: PlannedGroup): string[] =>
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
        weight: 1,
      },
      {
        key: "https-from-anywhere-ipv6",
        description: "https from anywhere-ipv6",
        protocol: "tcp",
        ports: { from: 443, to: 443 },
        peer: { cidrIpv6: "::/0" },
        weight: 1,
      },
    ]);
  });

  /**
   * IANA's Service Name and Transport Protocol Port Number Registry, as Debian's /etc/services (netbase 6.4) has it: port,
   * service name, other names. IANA registered 465 as `submissions` and `urd`; `smtps` is netbase's other name for it.
   */
  const registered: [purpose: string, port: number, service: string][] = [
    ["ssh", 22, "ssh"],
    ["smtp", 25, "smtp"],
    ["http", 80, "http"],
    ["ldap", 389, "ldap"],
    ["https", 443, "https"],
    ["smtps", 465, "submissions"],
    ["submission", 587, "submission"],
    ["ldaps", 636, "ldaps"],
    ["rdp", 3389, "ms-wbt-server"],
  ];
  for (const [purpose, port, service] of registered) {
    it(`knows ${purpose} as ${port}, which is registered for ${service}, in both directions`, () => {
      const traffic = [{ port: purpose, peer: "10.0.0.0/8" }];
      const { ingress, egress } = planTraffic({ ingress: traffic, egress: traffic });
      assert.deepEqual(keys(ingress), [`${purpose}-from-10.0.0.0/8`]);
      assert.deepEqual(keys(egress), [`${purpose}-to-10.0.0.0/8`]);
      assert.deepEqual([ingress[0]!.ports, egress[0]!.ports], Array(2).fill({ from: port, to: port }));
    });
  }

  it("knows no purpose whose port is not held against the registry", () => {
    assert.deepEqual(Object.keys(purposes).sort(), registered.map(([purpose]) => purpose).sort());
  });

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
  const prefixList = { name: "cloudfront", id: "pl-3b927c52", weight: 55 };
  const peers: [string, Omit<TrafficArgs, "port">, string, object][] = [
    ["a network of IPv4", { peer: "10.0.0.0/8" }, "10.0.0.0/8", { cidrIpv4: "10.0.0.0/8" }],
    ["a network of IPv6", { peer: "2001:DB8:0::/48" }, "2001.db8../48", { cidrIpv6: "2001:db8::/48" }],
    ["a prefix list", { peer: "pl-12345678" }, "pl-12345678", { prefixListId: "pl-12345678" }],
    ["a prefix list with its weight", { prefixList }, "list-cloudfront", { prefixListId: "pl-3b927c52" }],
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
      'ingress[0].port: "gopher" is not a purpose, port or range; use one of ssh, smtp, http, ldap, https, smtps, submission, ldaps, rdp, a port or a range',
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
      "ingress[0]: has a peer and a group; give one of them, or none for anywhere",
      'ingress[1].group.name: "a::b" cannot be part of a rule\'s name; use 1 to 64 letters, digits, dots, hyphens and underscores',
    ]);
  });

  it("takes the port that a group knows, unless the rule says another one", () => {
    const database = { ...group, name: "database", port: "5432" };
    const { egress } = planTraffic({ egress: [{ group: database }, { port: "9187", group: database }] });
    assert.deepEqual(keys(egress), ["5432-to-group-database", "9187-to-group-database"]);
  });

  it("refuses a rule whose port nobody knows, and a group's port that is none", () => {
    assert.deepEqual(problems({ ingress: [{}, { group }, { group: { ...group, port: "gopher" } }] }), [
      "ingress[0].port: is missing; give one, or a group that knows its own",
      "ingress[1].port: is missing; give one, or a group that knows its own",
      'ingress[2].group.port: "gopher" is not a purpose, port or range; use one of ssh, smtp, http, ldap, https, smtps, submission, ldaps, rdp, a port or a range',
    ]);
  });

  it("refuses a prefix list whose name or weight cannot be", () => {
    const wrong = { port: "https", prefixList: { name: "cloud front", id: "pl-3b927c52", weight: 0 } };
    assert.deepEqual(problems({ ingress: [wrong] }), [
      'ingress[0].prefixList.name: "cloud front" cannot be part of a rule\'s name; use 1 to 64 letters, digits, dots, hyphens and underscores',
      "ingress[0].prefixList.weight: 0 is no number of rules; give the weight that AWS says of its list, or the most entries that yours may have",
    ]);
  });

  describe("ports of administration", () => {
    const opened: [TrafficArgs, string][] = [
      [{ port: "ssh" }, 'ingress[0].port: "ssh" would open ssh (22) to a large part of the Internet'],
      [{ port: "22" }, 'ingress[0].port: "22" would open ssh (22)'],
      [{ port: "rdp", protocol: Protocol.Udp }, 'ingress[0].port: "rdp" would open rdp (3389)'],
      [{ port: "20-25", peer: "0.0.0.0/0" }, 'ingress[0].peer: "0.0.0.0/0" would open ssh (22)'],
      [{ port: "1-65535", peer: "128.0.0.0/1" }, 'ingress[0].peer: "128.0.0.0/1" would open ssh (22) and rdp (3389)'],
      [{ port: "3000-4000", peer: "::/0" }, 'ingress[0].peer: "::/0" would open rdp (3389)'],
      [{ port: "ssh", peer: "2000::/3" }, 'ingress[0].peer: "2000::/3" would open ssh (22)'],
    ];
    for (const [args, start] of opened) {
      it(`are not opened by ${JSON.stringify(args)}`, () => {
        const [problem, ...others] = problems({ ingress: [args] });
        assert.ok(problem?.startsWith(start), problem);
        assert.deepEqual(others, []);
      });
    }

    it("say what to do instead", () => {
      assert.deepEqual(problems({ ingress: [{ port: "ssh", peer: "::/0" }] }), [
        'ingress[0].peer: "::/0" would open ssh (22) to a large part of the Internet; name as peers the networks that you work from, with prefix lengths from 16, or use `aws ssm start-session`',
      ]);
    });

    const closed: TrafficArgs[] = [
      { port: "ssh", peer: "10.0.0.0/8" },
      { port: "ssh", peer: "2001:db8::/32" },
      { port: "rdp", group },
      { port: "1-65535", peer: group.id },
      { port: "ssh", prefixList: { name: "office", id: "pl-12345678", weight: 10 } },
      { port: "23-3388" },
    ];
    for (const args of closed) {
      it(`may be let in by ${JSON.stringify(args)}`, () => {
        assert.deepEqual(problems({ ingress: [args] }), []);
      });
    }

    it("may be reached outside", () => {
      assert.deepEqual(problems({ egress: [{ port: "ssh" }, { port: "1-65535" }] }), []);
    });
  });

  const port = fc.oneof(
    fc.constantFrom(...registered.map(([purpose]) => purpose)),
    fc.tuple(fc.integer({ min: 1, max: 65535 }), fc.integer({ min: 1, max: 65535 })).map(([a, b]) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      return `${from}-${to}`;
    }),
  );
  const ipv4 = fc.tuple(fc.ipV4(), fc.constantFrom("/32")).map(([address, length]) => address + length);
  const ipv6 = fc.ipV6().map((address) => `${address}/128`);
  const anything = fc.record<TrafficArgs>(
    { port, peer: fc.oneof(ipv4, ipv6), protocol: fc.constantFrom(...Object.values(Protocol)) },
    { requiredKeys: ["port"] },
  );
  const traffic = anything.filter((args) => problems({ ingress: [args] }).length === 0);

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
