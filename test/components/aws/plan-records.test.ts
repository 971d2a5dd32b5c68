import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../components/app/problem";
import { DnsRecordsArgs, FailoverRole } from "../../../components/aws/dns-records-args";
import { planRecords } from "../../../components/aws/plan-records";

const domains = ["example.com", "www.example.com"];
const ipv4 = "203.0.113.7";
const alias = { dnsName: "web-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" };
const routing = { setIdentifier: "blue", weight: 10 };

const said = (args: Partial<DnsRecordsArgs>): string[] =>
  planRecords({ domains, ...args }).problems.map((problem) => `${problem.path}: ${problemText(problem)}`);

describe("planRecords", () => {
  it("leads each domain to the addresses, or to both kinds of an alias", () => {
    const keys = (args: Partial<DnsRecordsArgs>): string[] =>
      planRecords({ domains, ...args }).records.map(({ key, type }) => `${key} ${type}`);
    assert.deepEqual(keys({ ipv4 }), ["example.com-a A", "www.example.com-a A"]);
    const both = ["example.com-a A", "example.com-aaaa AAAA", "www.example.com-a A", "www.example.com-aaaa AAAA"];
    assert.deepEqual(keys({ ipv4, ipv6: "2001:db8::7" }), both);
    assert.deepEqual(keys({ alias }), both);
    assert.deepEqual(keys({ ipv6: "2001:db8::7" }), ["example.com-aaaa AAAA", "www.example.com-aaaa AAAA"]);
  });

  it("names records by what they are, wherever a domain stands in the list", () => {
    const name = fc.constantFrom("a", "b", "c", "d").map((label) => `${label}.example.com`);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        const byName = (list: string[]): object =>
          Object.fromEntries(planRecords({ domains: list, alias }).records.map((one) => [one.key, one]));
        assert.deepEqual(byName(names), byName([...names].reverse()));
      }),
    );
  });

  it("restricts who may issue certificates, for the domains or for other names", () => {
    const caaOf = (caa: DnsRecordsArgs["caa"]): unknown[] =>
      planRecords({ domains, ipv4, caa })
        .records.filter(({ type }) => type === "CAA")
        .map(({ key, name, records }) => [key, name, records]);
    assert.deepEqual(caaOf({ names: ["example.com"], issuers: ["letsencrypt.org", "amazon.com"] }), [
      ["example.com-caa", "example.com", ['0 issue "letsencrypt.org"', '0 issue "amazon.com"']],
    ]);
    assert.deepEqual(caaOf({ issuers: [] }), [
      ["example.com-caa", "example.com", ['0 issue ";"']],
      ["www.example.com-caa", "www.example.com", ['0 issue ";"']],
    ]);
  });

  it("tells each name once, those with CAA records alone too", () => {
    const { names } = planRecords({ domains, ipv4, caa: { names: ["example.com", "example.org"], issuers: [] } });
    assert.deepEqual(names, ["example.com", "www.example.com", "example.org"]);
  });

  it("takes CAA records without any address", () => {
    assert.deepEqual(said({ domains: [], caa: { names: ["example.com"], issuers: ["amazon.com"] } }), []);
  });

  it("wants an address or an alias, not both", () => {
    assert.deepEqual(said({}), ["ipv4: is missing, so the domains lead nowhere; give an address or an alias"]);
    assert.deepEqual(said({ alias, ipv4 }), ["alias: is given beside an address; give one of the two"]);
  });

  it("refuses names and issuers that are none", () => {
    const caa = { names: ["example.com", "EXAMPLE.com"], issuers: ["https://letsencrypt.org", "a.org", "a.org"] };
    assert.deepEqual(said({ ipv4, caa }), [
      'caa.names[1]: "EXAMPLE.com" has capital letters; write it as "example.com"',
      'caa.issuers[0]: "https://letsencrypt.org" is not a host name by itself; leave out scheme, port, path and spaces',
      'caa.issuers[2]: "a.org" is there twice; leave one of them out',
    ]);
  });

  it("refuses names of CAA records outside the zone", () => {
    const outside = said({ ipv4, zone: { name: "example.com" }, caa: { names: ["example.org"], issuers: [] } });
    assert.match(outside.join(), /^caa\.names\[0\]: "example\.org" does not lie in the zone "example\.com"/);
  });

  describe("of several records of one name", () => {
    const health = { path: "/health" };

    it("takes weights and roles within Route 53's limits", () => {
      for (const weight of [0, 255]) assert.deepEqual(said({ ipv4, routing: { setIdentifier: "a", weight } }), []);
      const primary = { setIdentifier: "x".repeat(128), failover: FailoverRole.Primary };
      assert.deepEqual(said({ ipv4, routing: primary, healthCheck: health }), []);
      assert.deepEqual(said({ alias: { ...alias, evaluateTargetHealth: true }, routing: primary }), []);
      assert.deepEqual(said({ ipv4, routing: { setIdentifier: "b", failover: FailoverRole.Secondary } }), []);
    });

    it("refuses what is beyond them, all at once", () => {
      const wrong = { setIdentifier: "x".repeat(129), weight: 256, failover: "THIRD" as FailoverRole };
      assert.deepEqual(
        said({ ipv4, routing: wrong }).map((text) => text.replace(/"x+.*characters\) /, "")),
        [
          "routing.setIdentifier: cannot tell records apart; use 1 to 128 characters",
          "routing: has to have one of weight and failover; give one of the two",
          "routing.weight: 256 is no weight; use a whole number from 0 to 255",
          'routing.failover: "THIRD" is no role; use PRIMARY or SECONDARY',
        ],
      );
      assert.deepEqual(said({ ipv4, routing: { setIdentifier: "a" } }), [
        "routing: has to have one of weight and failover; give one of the two",
      ]);
    });

    it("refuses a primary record that would never be left", () => {
      assert.deepEqual(said({ alias, routing: { setIdentifier: "a", failover: FailoverRole.Primary } }), [
        'routing.failover: "PRIMARY" is never left, as nobody finds out whether it is well; give healthCheck, or an alias with evaluateTargetHealth',
      ]);
    });

    it("refuses checks of health that decide nothing, or ask somebody else", () => {
      assert.deepEqual(said({ ipv4, healthCheck: health }), [
        "healthCheck: decides nothing where there is no other record to answer with; give routing as well",
      ]);
      assert.deepEqual(said({ alias, routing, healthCheck: { ...health, domain: "www.example.com" } }), [
        'healthCheck.domain: "www.example.com" would ask whichever record is answered with at the time; give a domain that leads to this one alone',
      ]);
      assert.deepEqual(said({ alias, routing, healthCheck: { ...health, domain: "blue.example.com" } }), []);
      assert.deepEqual(said({ ipv4, routing, healthCheck: { path: "health check" } }), [
        'healthCheck.path: "health check" is no path to ask for; begin it with a slash; use at most 255 characters of ASCII without spaces',
      ]);
    });

    it("refuses them where somebody else looks after the domains, and a zone there", () => {
      assert.deepEqual(said({ ipv4, routing, manual: true, zone: { name: "example.com" } }), [
        'zone: "example.com" is given, but no record is made; leave out manual, or the zone',
        "routing: is done by Route 53, and the domains are looked after elsewhere; leave it out: a zone file has no words for it",
      ]);
    });
  });
});
