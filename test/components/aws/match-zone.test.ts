import assert from "node:assert/strict";
import fc from "fast-check";
import { problemText } from "../../../components/app/problem";
import { isInZone, matchZones, recordProblems } from "../../../components/aws/match-zone";

const zone = (name: string, id = `Z-${name}`): { id: string; name: string } => ({ id, name });

describe("matchZones", () => {
  it("takes the zone with the longest name that a domain lies in", () => {
    const zones = [zone("com"), zone("example.com"), zone("eu.example.com"), zone("other.com")];
    const domains = ["example.com", "www.example.com", "a.eu.example.com", "eu.example.com"];
    assert.deepEqual(matchZones(domains, zones), {
      zoneIds: {
        "example.com": "Z-example.com",
        "www.example.com": "Z-example.com",
        "a.eu.example.com": "Z-eu.example.com",
        "eu.example.com": "Z-eu.example.com",
      },
      problems: [],
    });
  });

  it("compares whole labels", () => {
    assert.equal(isInZone("badexample.com", "example.com"), false);
    assert.equal(isInZone("example.com.evil.net", "example.com"), false);
    assert.equal(isInZone("shop.example.co.uk", "co.uk"), true);
  });

  it("leaves a dot at the end and capital letters out of account", () => {
    assert.deepEqual(matchZones(["www.example.com"], [zone("Example.com.", "Z1")]).zoneIds, {
      "www.example.com": "Z1",
    });
  });

  it("names every domain without a zone, and the zones that there are", () => {
    const { problems } = matchZones(["a.net", "b.com", "www.b.org"], [zone("b.com"), zone("b.dev")]);
    assert.deepEqual(
      problems.map((problem) => `${problem.path}: ${problemText(problem)}`),
      [
        'domains[0]: "a.net" lies in no public hosted zone of this account; there are zones for b.com, b.dev',
        'domains[2]: "www.b.org" lies in no public hosted zone of this account; there are zones for b.com, b.dev',
      ],
    );
  });

  it("says what to do in an account without zones", () => {
    const [problem] = matchZones(["a.net"], []).problems;
    assert.equal(problem!.fix, "make a public hosted zone for it first");
  });

  it("does not choose between two zones with one name", () => {
    const { zoneIds, problems } = matchZones(["a.b.com"], [zone("b.com", "Z1"), zone("com"), zone("b.com", "Z2")]);
    assert.deepEqual(zoneIds, {});
    assert.match(problemText(problems[0]!), /two zones with the name "b.com", Z1 and Z2; give the id/);
  });

  it("never gives a domain to a zone that it does not lie in, nor passes over a longer one", () => {
    const label = fc.constantFrom("a", "b", "ab", "c");
    const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
    fc.assert(
      fc.property(name, fc.uniqueArray(name, { maxLength: 8 }), (domain, names) => {
        const ends = names.filter((one) => domain === one || domain.endsWith(`.${one}`));
        const longest = ends.sort((a, b) => b.length - a.length)[0];
        const found = matchZones(
          [domain],
          names.map((one) => zone(one)),
        ).zoneIds[domain];
        assert.equal(found, longest === undefined ? undefined : `Z-${longest}`);
      }),
    );
  });
});

describe("recordProblems", () => {
  it("has none for domains of the zone", () => {
    assert.deepEqual(recordProblems(["example.com", "a.b.example.com"], "example.com."), []);
  });

  it("has none for host names whose zone is still to be found", () => {
    assert.deepEqual(recordProblems(["example.com", "example.org"]), []);
  });

  it("names every domain that is none, is there twice or lies outside", () => {
    const domains = ["badexample.com", "www.example.com", "*.example.com", "www.example.com", "example.org"];
    const problems = recordProblems(domains, "example.com");
    assert.deepEqual(
      problems.map(({ path, reason }) => [path, reason]),
      [
        ["domains[0]", 'does not lie in the zone "example.com"'],
        ["domains[2]", "is a wildcard"],
        ["domains[3]", "is there twice"],
        ["domains[4]", 'does not lie in the zone "example.com"'],
      ],
    );
  });
});
