import assert from "node:assert/strict";
import { problemText } from "../../../../components/app/problem";
import { webProblems } from "../../../../components/app/validation/web";

const said = (drainSeconds: number): string[] =>
  webProblems({ drainSeconds }).map((problem) => `${problem.path} ${problemText(problem)}`);

describe("the time that a web server drains for", () => {
  it("is up to a day", () => assert.deepEqual([...said(1), ...said(86_400)], []));

  it("is no other", () =>
    assert.deepEqual(said(0), ["web.drainSeconds 0 is out of range; give a whole number of seconds from 1 to 86400"]));
});
