import assert from "node:assert";

import { checklist } from "../../../policies/checklist/checklist";
import { rules } from "../../../policies/rules";

describe("checklist", () => {
  it("has items with ids of their own", () => {
    assert.strictEqual(new Set(checklist.map(({ id }) => id)).size, checklist.length);
  });

  it("names only rules that there are", () => {
    const known = rules.map(({ id }) => id);
    assert.deepStrictEqual(
      checklist.flatMap((item) => item.rules).filter((rule) => !known.includes(rule)),
      [],
    );
  });

  it("has a place for every rule", () => {
    const named = checklist.flatMap((item) => item.rules);
    assert.deepStrictEqual(
      rules.map(({ id }) => id).filter((rule) => !named.includes(rule)),
      [],
    );
  });

  it("leaves no item both to rules and to people", () => {
    assert.deepStrictEqual(
      checklist.filter(({ attested, rules: checks, probes }) => attested && checks.length + probes.length > 0),
      [],
    );
  });
});
