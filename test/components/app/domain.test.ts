import assert from "node:assert/strict";
import fc from "fast-check";
import { domainFault } from "../../../components/app/domain";

describe("domainFault", () => {
  const label63 = "a".repeat(63);
  const fine = [
    "example.com",
    "www.example.com",
    "landfall.localhost",
    "localhost",
    "xn--caf-dma.example",
    "1and1.example",
    "a-b.c-d.example",
    `${label63}.example`,
  ];
  for (const domain of fine) {
    it(`takes ${domain.slice(0, 30)}`, () => {
      assert.equal(domainFault(domain), undefined);
    });
  }

  const faults: [string, string, string][] = [
    ["", "is empty", 'give a host name, e.g. "www.example.com"'],
    ["https://example.com", "is not a host name by itself", "leave out scheme, port, path and spaces"],
    ["example.com:8443", "is not a host name by itself", "leave out scheme, port, path and spaces"],
    ["example.com/app", "is not a host name by itself", "leave out scheme, port, path and spaces"],
    ["*.example.com", "is a wildcard", "name each host"],
    ["example.com.", "ends with a dot", "leave out the last dot"],
    ["café.example", "has letters outside ASCII", 'write it as "xn--caf-dma.example"'],
    ["Example.COM", "has capital letters", 'write it as "example.com"'],
    [
      ".example.com",
      "has two dots in a row or begins with one",
      "use 1 to 63 letters, digits and inner hyphens between dots",
    ],
    ["a..b", "has two dots in a row or begins with one", "use 1 to 63 letters, digits and inner hyphens between dots"],
    [
      "-a.example",
      'has the part "-a", which no host name can have',
      "use 1 to 63 letters, digits and inner hyphens between dots",
    ],
    [
      "a_b.example",
      'has the part "a_b", which no host name can have',
      "use 1 to 63 letters, digits and inner hyphens between dots",
    ],
    [
      `${label63}a.example`,
      `has the part "${label63}a", which no host name can have`,
      "use 1 to 63 letters, digits and inner hyphens between dots",
    ],
    [`${"a.".repeat(127)}example`, "has more than 253 characters", "use a shorter name"],
    ["10.0.0.7", "is an address, not a name", "give a name that resolves to it; certificates are made for names"],
  ];
  for (const [domain, reason, fix] of faults) {
    it(`says that ${JSON.stringify(domain.slice(0, 30))} ${reason.slice(0, 40)}`, () => {
      assert.deepEqual(domainFault(domain), { reason, fix });
    });
  }

  it("takes nothing that could be more than a host name in a configuration file", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        if (domainFault(text) === undefined) assert.match(text, /^[a-z0-9.-]{1,253}$/);
      }),
    );
  });
});
