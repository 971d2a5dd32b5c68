import assert from "node:assert/strict";

import { evaluate } from "../../../policies/evaluate";
import { Status } from "../../../policies/finding";
import { defaultSettings } from "../../../policies/settings";
import { eachBreaks, rulesWith, told } from "./broken";
import { EditableStack } from "./editable-stack";
import { guardedMutations } from "./guarded";
import { guardedPreview, innerPreview } from "./guarded-program";

describe("a program with balancers and a CDN", () => {
  let preview: string;
  before(async () => {
    preview = await guardedPreview();
  });

  it("passes every rule, and all is known", () => {
    assert.equal(told(evaluate(new EditableStack(preview).graph(), defaultSettings)), "");
  });

  it("is something for each of the rules about balancers, CDNs, certificates, copies and logs to look at", () => {
    const passed = rulesWith(Status.Pass, evaluate(new EditableStack(preview).graph(), defaultSettings));
    const rules = new Set(guardedMutations.flatMap(({ fails }) => fails));
    assert.deepEqual(
      [...rules].filter((rule) => !passed.includes(rule)),
      [],
    );
  });

  eachBreaks(guardedMutations, () => preview);

  it("is broken at least twice for each of these rules", () => {
    const counts = new Map<string, number>();
    for (const id of guardedMutations.flatMap(({ fails }) => fails)) counts.set(id, (counts.get(id) ?? 0) + 1);
    assert.deepEqual(
      [...counts].filter(([, count]) => count < 2).map(([id]) => id),
      [],
    );
  });
});

describe("a program with a CDN that enters a network", () => {
  let preview: string;
  before(async () => {
    preview = await innerPreview();
  });

  it("passes every rule, and all is known", () => {
    assert.equal(told(evaluate(new EditableStack(preview).graph(), defaultSettings)), "");
  });

  it("is asked by TLS, and answers nobody else", () => {
    const findings = evaluate(new EditableStack(preview).graph(), defaultSettings);
    const passed = findings.filter(({ status }) => status === Status.Pass).map(({ key }) => key);
    for (const key of ["cf-origin-locked[origin]", "cf-origin-tls[origin]"]) assert.ok(passed.includes(key), key);
  });

  it("is told when plain HTTP would do: cf-origin-tls", () => {
    const stack = new EditableStack(preview);
    const vpcOrigin = stack.resource("aws:cloudfront/vpcOrigin:VpcOrigin", "web");
    const endpoint = vpcOrigin.inputs.vpcOriginEndpointConfig as object;
    vpcOrigin.inputs.vpcOriginEndpointConfig = { ...endpoint, originProtocolPolicy: "http-only" };
    assert.deepEqual(rulesWith(Status.Fail, evaluate(stack.graph(), defaultSettings)), ["cf-origin-tls"]);
  });
});
