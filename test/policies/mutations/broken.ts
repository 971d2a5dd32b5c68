import assert from "node:assert/strict";

import { evaluate } from "../../../policies/evaluate";
import { Finding, Status } from "../../../policies/finding";
import { defaultSettings } from "../../../policies/settings";
import { EditableStack } from "./editable-stack";
import type { Mutation } from "./mutation";

/** Ids of the rules that have a finding with a status, in the order of the alphabet. */
export function rulesWith(status: Status, findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter((finding) => finding.status === status).map(({ rule }) => rule))].sort();
}

/** The findings that ask for something, for whoever has to find out why a test fails. */
export function told(findings: readonly Finding[]): string {
  return findings
    .filter(({ status }) => status === Status.Fail || status === Status.Unknown)
    .map(({ status, key, resource, message }) => `${status} ${key} ${resource}: ${message}`)
    .join("\n");
}

/** A test for each thing that is broken in a stack: the rules that are to catch it do, and no other does. */
export function eachBreaks(mutations: readonly Mutation[], preview: () => string): void {
  for (const { title, breakIt, fails, unknown = [] } of mutations) {
    it(`${title}: ${fails.join(", ")}`, () => {
      const stack = new EditableStack(preview());
      breakIt(stack);
      const findings = evaluate(stack.graph(), defaultSettings);
      assert.deepEqual(rulesWith(Status.Fail, findings), [...fails].sort(), told(findings));
      assert.deepEqual(rulesWith(Status.Unknown, findings), [...unknown].sort(), told(findings));
    });
  }
}
