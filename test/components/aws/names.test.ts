import assert from "node:assert/strict";
import fc from "fast-check";
import { bucketName, bucketNameFault, parameterPath, siteNameFault } from "../../../components/aws/names";

const site = {
  organization: "acme",
  project: "landfall",
  stack: "dev",
  site: "web",
  domains: ["live.example.com", "example.com"],
};

describe("bucketName", () => {
  it("tells whose it is", () => {
    assert.match(bucketName(site), /^landfall-dev-web-[0-9a-f]{12}$/);
  });

  it("stays when a domain is added below, or the order changes", () => {
    const more = { ...site, domains: ["www.example.com", ...site.domains].reverse() };
    assert.equal(bucketName(more), bucketName(site));
  });

  for (const other of [
    { organization: "another" },
    { project: "another" },
    { stack: "another" },
    { site: "another" },
    { domains: ["example.org"] },
  ]) {
    it(`is another one for another ${Object.keys(other)[0]}`, () => {
      assert.notEqual(bucketName({ ...site, ...other }), bucketName(site));
    });
  }

  it("is one that S3 takes, whatever the stack is called", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
    fc.assert(
      fc.property(name, name, (stack, label) => {
        assert.equal(bucketNameFault(bucketName({ ...site, stack, site: label })), undefined);
      }),
    );
  });
});

describe("bucketNameFault", () => {
  for (const name of ["ab", "a".repeat(64), "My-bucket", "a_b", "-ab", "ab-", "a.b.c", "xn--abc", "abc-s3alias"]) {
    it(`refuses ${name.slice(0, 12)}`, () => {
      assert.ok(bucketNameFault(name));
    });
  }
});

describe("parameterPath", () => {
  it("never begins with what AWS keeps to itself", () => {
    assert.equal(parameterPath({ project: "aws-things", stack: "dev", site: "web" }), "/landfall/aws-things/dev/web");
  });
});

describe("siteNameFault", () => {
  it("has none for a name that fits", () => {
    assert.equal(siteNameFault("web-2"), undefined);
  });

  for (const name of ["", "Web", "2web", "web-", "a".repeat(41)]) {
    it(`refuses "${name.slice(0, 8)}"`, () => {
      assert.ok(siteNameFault(name));
    });
  }
});
