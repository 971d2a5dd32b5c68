import assert from "node:assert/strict";

import { evaluate } from "../../policies/evaluate";
import { Finding, Status } from "../../policies/finding";
import { rules } from "../../policies/rules";
import { defaultSettings } from "../../policies/settings";
import { mutations } from "../policies/mutations";
import { EditableStack } from "../policies/mutations/editable-stack";
import { guardedMutations } from "../policies/mutations/guarded";
import { AwsProject } from "./aws-project";

/** Ids of the rules that have a finding with a status, in the order of the alphabet. */
function rulesWith(status: Status, findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter((finding) => finding.status === status).map(({ rule }) => rule))].sort();
}

/** The findings that ask for something, for whoever has to find out why a test fails. */
function told(findings: readonly Finding[]): string {
  return findings
    .filter(({ status }) => status === Status.Fail || status === Status.Unknown)
    .map(({ status, key, message }) => `${status} ${key}: ${message}`)
    .join("\n");
}

describe("one thing broken in stack dev", function () {
  this.timeout(120_000);
  let preview: string;

  before(async function () {
    // Making the engine, where none is to be had, takes minutes.
    this.timeout(40 * 60_000);
    const project = await AwsProject.make((line) => console.log(`      ${line}`));
    await project.pulumi("stack", "init", "dev");
    preview = (await project.pulumi("preview", "--json", "--show-sames", "--stack", "dev")).stdout;
    project.remove();
  });

  it("starts from a stack in which nothing fails and all is known", () => {
    const findings = evaluate(new EditableStack(preview).graph(), defaultSettings);
    assert.equal(told(findings), "");
    assert.ok(rulesWith(Status.Pass, findings).length > rules.length / 2);
  });

  for (const [area, list] of Object.entries(mutations)) {
    describe(area, () => {
      for (const { title, breakIt, fails, unknown = [] } of list) {
        it(`${title}: ${fails.join(", ")}`, () => {
          const stack = new EditableStack(preview);
          breakIt(stack);
          const findings = evaluate(stack.graph(), defaultSettings);
          assert.deepEqual(rulesWith(Status.Fail, findings), [...fails].sort(), told(findings));
          assert.deepEqual(rulesWith(Status.Unknown, findings), [...unknown].sort(), told(findings));
        });
      }
    });
  }

  it("is done at least sixty times, and for every rule", () => {
    const all = Object.values(mutations).flat();
    assert.ok(all.length >= 60, `${all.length} breakages`);
    // Stack dev has neither balancers nor a CDN: another program is broken for the rules about those.
    const caught = new Set([...all, ...guardedMutations].flatMap(({ fails }) => fails));
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !caught.has(id)),
      [],
    );
  });
});
