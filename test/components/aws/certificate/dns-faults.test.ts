import assert from "node:assert/strict";
import { CaaRecord } from "node:dns";
import { nameFaults, NameResolver, reachFault } from "../../../../components/aws/certificate/dns-faults";

const nameServers = ["ns-1.awsdns.example", "ns-2.awsdns.example"];
const zones = [{ name: "example.com", nameServers }];

type Answers<T> = Record<string, T[] | string>;

/** Answers what it is given; a text is the code of a failure. */
function resolver(ns: Answers<string>, caa: Answers<Partial<CaaRecord>> = {}): NameResolver {
  const answer = <T>(all: Answers<T>, name: string): Promise<T[]> => {
    const found = all[name] ?? "ENODATA";
    return typeof found === "string"
      ? Promise.reject(Object.assign(new Error(found), { code: found }))
      : Promise.resolve(found);
  };
  return {
    resolveNs: (name) => answer(ns, name),
    resolveCaa: (name) => answer(caa, name) as Promise<CaaRecord[]>,
  };
}

const delegated: Answers<string> = { "example.com": ["NS-2.awsdns.example.", "ns-1.awsdns.example"] };
const remedy = "set ns-1.awsdns.example, ns-2.awsdns.example at its registrar, or as NS records in the zone above it";

describe("nameFaults", () => {
  const asked = (ns: Answers<string>): ReturnType<typeof nameFaults> =>
    nameFaults({ domains: ["www.example.com"], zones }, resolver(ns));

  it("finds nothing where the zone is delegated to its servers, in whatever order and letters", async () => {
    assert.deepEqual(await asked(delegated), { faults: [], notes: [] });
    assert.deepEqual(await asked({ "example.com": ["ns-1.awsdns.example"] }), { faults: [], notes: [] });
  });

  it("names the servers that public DNS sends to, and those of the zone", async () => {
    const { faults } = await asked({ "example.com": ["b.registrar.example", "a.registrar.example"] });
    assert.deepEqual(faults, [
      "zone example.com: public DNS sends to a.registrar.example, b.registrar.example, while the hosted zone is at " +
        `ns-1.awsdns.example, ns-2.awsdns.example; ${remedy}`,
    ]);
  });

  it("says so where nobody knows the zone, or its servers do not answer", async () => {
    const none = `zone example.com: public DNS knows no name servers of it; ${remedy}`;
    assert.deepEqual((await asked({ "example.com": "ENOTFOUND" })).faults, [none]);
    assert.deepEqual((await asked({})).faults, [none]);
    const silent = `zone example.com: the name servers that public DNS sends to do not answer; ${remedy}`;
    assert.deepEqual((await asked({ "example.com": "ESERVFAIL" })).faults, [silent]);
  });

  it("only notes servers beside those of the zone, and a question without an answer", async () => {
    const mixed = await asked({ "example.com": ["ns-1.awsdns.example", "ns.other.example"] });
    assert.deepEqual(mixed.faults, []);
    assert.match(mixed.notes[0]!, /; ns\.other\.example have to know the same records$/);
    assert.deepEqual(await asked({ "example.com": "ETIMEOUT" }), {
      faults: [],
      notes: ["zone example.com: its name servers are not known here (ETIMEOUT)"],
    });
  });

  describe("of CAA records", () => {
    const faultsOf = async (caa: Answers<Partial<CaaRecord>>, ...domains: string[]): Promise<string[]> =>
      (await nameFaults({ domains, zones }, resolver(delegated, caa))).faults;
    const others = [{ critical: 0, issue: "letsencrypt.org" }];

    it("finds the ones that shut Amazon out, as far up as the domain's first", async () => {
      const fault = (domain: string, name: string): string =>
        `${domain}: the CAA records of ${name} allow letsencrypt.org only; add 0 issue "amazon.com" there`;
      assert.deepEqual(await faultsOf({ "example.com": others }, "a.www.example.com", "*.example.com"), [
        fault("a.www.example.com", "example.com"),
        fault("*.example.com", "example.com"),
      ]);
      assert.deepEqual(await faultsOf({ com: others }, "www.example.com"), [fault("www.example.com", "com")]);
      const nearer = { "www.example.com": [{ issue: "amazon.com" }], "example.com": others };
      assert.deepEqual(await faultsOf(nearer, "www.example.com"), []);
    });

    for (const issuer of ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com", "Amazon.com ; account=1"]) {
      it(`lets ACM issue by ${issuer}`, async () => {
        assert.deepEqual(await faultsOf({ "example.com": [...others, { issue: issuer }] }, "example.com"), []);
      });
    }

    it("reads those of wildcards for wildcards only, and before the others", async () => {
      const wild = [{ issue: "amazon.com" }, { issuewild: ";" }];
      assert.deepEqual(await faultsOf({ "example.com": wild }, "example.com", "*.example.com"), [
        '*.example.com: the CAA records of example.com allow nobody only; add 0 issue "amazon.com" there',
      ]);
      assert.deepEqual(
        await faultsOf({ "example.com": [...others, { issuewild: "amazon.com" }] }, "*.example.com"),
        [],
      );
    });

    it("lets everybody issue where there are only addresses to report to", async () => {
      assert.deepEqual(await faultsOf({ "example.com": [{ iodef: "mailto:ca@example.com" }] }, "example.com"), []);
    });

    it("does not ask whoever answers for a zone that is delegated elsewhere", async () => {
      const elsewhere = resolver({ "example.com": ["ns.other.example"] }, { "example.com": others });
      const { faults } = await nameFaults({ domains: ["example.com"], zones }, elsewhere);
      assert.equal(faults.length, 1);
      assert.match(faults[0]!, /^zone example\.com/);
    });

    it("notes a question without an answer", async () => {
      const { faults, notes } = await nameFaults(
        { domains: ["example.com"], zones: [] },
        resolver({}, { "example.com": "ETIMEOUT" }),
      );
      assert.deepEqual(faults, []);
      assert.deepEqual(notes, ["example.com: the CAA records of example.com are not known here (ETIMEOUT)"]);
    });
  });
});

describe("reachFault", () => {
  it("is none where the servers of the root are known", async () => {
    assert.equal(await reachFault(resolver({ ".": ["a.root-servers.net"] })), undefined);
  });

  it("tells why nobody can be asked", async () => {
    assert.equal(await reachFault(resolver({ ".": "ECONNREFUSED" })), "ECONNREFUSED");
    assert.equal(await reachFault(resolver({})), "no answer");
  });
});
