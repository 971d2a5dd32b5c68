import assert from "node:assert/strict";

import { evaluate } from "../../policies/evaluate";
import { Status } from "../../policies/finding";
import { rules } from "../../policies/rules";
import { defaultSettings } from "../../policies/settings";
import { mutations } from "../policies/mutations";
import { eachBreaks, rulesWith, told } from "../policies/mutations/broken";
import { EditableStack } from "../policies/mutations/editable-stack";
import { guardedMutations } from "../policies/mutations/guarded";
import { useAwsProject } from "./aws-stack";

describe("one thing broken in stack dev", function () {
  this.timeout(120_000);
  let preview: string;

  useAwsProject(async (project) => {
    await project.pulumi("stack", "init", "dev");
    preview = (await project.pulumi("preview", "--json", "--show-sames", "--stack", "dev")).stdout;
  });

  it("starts from a stack in which nothing fails and all is known", () => {
    const findings = evaluate(new EditableStack(preview).graph(), defaultSettings);
    assert.equal(told(findings), "");
    assert.ok(rulesWith(Status.Pass, findings).length > rules.length / 2);
  });

  for (const [area, list] of Object.entries(mutations)) {
    describe(area, () => eachBreaks(list, () => preview));
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
