import assert from "node:assert/strict";
import fc from "fast-check";
import { nearest, suggestion } from "../../../components/app/nearest";

describe("nearest", () => {
  const properties = ["domain", "path", "stripPrefix", "websocket", "serve"];

  const meant: [string, string][] = [
    ["stripprefix", "stripPrefix"],
    ["stripPrefx", "stripPrefix"],
    ["webSockets", "websocket"],
    ["pth", "path"],
    ["domian", "domain"],
  ];
  for (const [typo, name] of meant) {
    it(`takes "${typo}" for "${name}"`, () => {
      assert.equal(nearest(typo, properties), name);
    });
  }

  it("takes no name for one that is nothing like it", () => {
    assert.equal(nearest("colour", properties), undefined);
  });

  it("prefers the nearer of two", () => {
    assert.equal(nearest("ldaps", ["ldap", "ldaps"]), "ldaps");
  });

  it("finds every name itself", () => {
    fc.assert(fc.property(fc.constantFrom(...properties), (name) => nearest(name, properties) === name));
  });

  it("lists the names when none was meant", () => {
    assert.equal(suggestion("colour", ["domain", "path"]), "use one of domain, path");
  });
});
