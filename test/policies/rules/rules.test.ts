import assert from "node:assert";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { checklist } from "../../../policies/checklist/checklist";
import { evaluate } from "../../../policies/evaluate";
import { Finding, Status } from "../../../policies/finding";
import { rules } from "../../../policies/rules";
import { ExpectedFinding, kinds, readFixture, resourceName } from "./fixture";

/** The fixtures of a rule. */
const fixturesOf = (rule: string): string[] => {
  const folder = join(__dirname, rule);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

describe("rules", () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      const files = fixturesOf(rule.id);

      it("has a fixture that fails, one that passes, one that is not known, and a false positive of another tool", () => {
        const present = kinds.filter((kind) => files.some((file) => readFixture(file).kind === kind));
        assert.deepStrictEqual(present, [...kinds]);
      });

      it("is an item of the checklist, which names it", () => {
        assert.ok(checklist.find(({ id }) => id === rule.item)?.rules.includes(rule.id));
      });

      for (const file of files) {
        const fixture = readFixture(file);

        it(`${fixture.kind}: ${fixture.title}`, () => {
          const found = evaluate(fixture.graph, fixture.settings, [rule]);
          assert.deepStrictEqual(
            found.map((finding, index) => comparable(finding, fixture.findings[index])),
            fixture.findings,
          );
          assert.ok(shows(fixture.kind, fixture.tool, found), `it does not show what ${fixture.kind} is to show`);
        });
      }
    });
  }

  it("have ids of their own", () => {
    assert.strictEqual(new Set(rules.map(({ id }) => id)).size, rules.length);
  });

  it("have no fixtures for rules that do not exist", () => {
    const folders = readdirSync(__dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
    assert.deepStrictEqual(
      folders.map(({ name }) => name).filter((name) => !rules.some(({ id }) => id === name)),
      [],
    );
  });
});

/** What a fixture of a kind has to show. */
function shows(kind: (typeof kinds)[number], tool: string | undefined, findings: readonly Finding[]): boolean {
  const has = (status: Status) => findings.some((finding) => finding.status === status);
  switch (kind) {
    case "fail":
      return has(Status.Fail);
    case "unknown":
      return has(Status.Unknown) && !has(Status.Fail);
    case "pass":
      return findings.every(({ status }) => status === Status.Pass);
    case "false-positive":
      return tool !== undefined && !has(Status.Fail) && !has(Status.Unknown);
  }
}

/** The finding with as much as the fixture says. */
function comparable(finding: Finding, expected: ExpectedFinding | undefined): ExpectedFinding {
  const { key, status, place, item, message } = finding;
  return {
    key,
    status,
    ...(expected?.resource !== undefined && { resource: resourceName(finding.resource) }),
    ...(expected?.place !== undefined && { place: `${place?.file}:${place?.line}` }),
    ...(expected?.item !== undefined && { item }),
    ...(expected?.message !== undefined && { message }),
  };
}
