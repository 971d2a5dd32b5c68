import assert from "node:assert/strict";
import { describeProblems } from "../../../components/app/problem";
import { readWaiversFile } from "../../../policies/waivers/read-file";

const ruleIds = ["net-no-admin-world", "vm-imdsv2"];

const good = `waivers:
  - finding: net-no-admin-world
    resource: web
    reason: The bastion is replaced by Session Manager in March
    owner: ops@example.com
    expires: 2027-03-31
  - finding: vm-imdsv2[hop limit]
    resource: urn:pulumi:dev::shop::aws:ec2/instance:Instance::web
    reason: "Containers on this machine read their role from it"
    owner: Anna
    expires: 2026-12-01
`;

const problemsOf = (text: string): string[] =>
  describeProblems("w", readWaiversFile(text, "w.yaml", ruleIds).problems)
    .split("\n")
    .slice(1)
    .map((line) => line.trim());

describe("readWaiversFile", () => {
  it("gives each waiver with the line it begins at", () => {
    const { waivers, problems } = readWaiversFile(good, "w.yaml", ruleIds);
    assert.deepEqual(problems, []);
    assert.deepEqual(waivers[0], {
      finding: "net-no-admin-world",
      resource: "web",
      reason: "The bastion is replaced by Session Manager in March",
      owner: "ops@example.com",
      expires: "2027-03-31",
      place: { file: "w.yaml", line: 2 },
    });
    assert.deepEqual(
      waivers.map(({ place }) => place?.line),
      [2, 7],
    );
  });

  it("lists all that is wrong at once, and keeps the good ones", () => {
    const text = `${good}  - finding: net-no-admin-wrld
    resource: ""
    reason: because
    owner: " "
    expires: 2027-02-30
  - finding: vm-imdsv2[hop
    resource: db
    owner: Anna
    expires: next year
    ticket: 12
`;
    assert.equal(readWaiversFile(text, "w.yaml", ruleIds).waivers.length, 2);
    assert.deepEqual(problemsOf(text), [
      "waivers[3].ticket    is not a property that is known here; use one of finding, resource, reason, owner, expires",
      "waivers[3].reason    is missing; give it a text",
      'waivers[2].finding   "net-no-admin-wrld" names no rule that there is; did you mean "net-no-admin-world"?',
      'waivers[2].resource  "" is empty; give a URN, a name or a file, or "deployment"',
      'waivers[2].reason    "because" has fewer than 20 characters; say in a sentence why it may stay',
      'waivers[2].owner     " " is empty; name who answers for it',
      'waivers[2].expires   "2027-02-30" is not a day; write it like "2027-03-31"',
      'waivers[3].finding   "vm-imdsv2[hop" is not the key of a finding; write it as "vm-imdsv2", or with the closing bracket',
      'waivers[3].expires   "next year" is not a day; write it like "2027-03-31"',
    ]);
  });

  it("refuses the same waiver twice", () => {
    const twice = good + good.split("\n").slice(1, 6).join("\n");
    assert.deepEqual(problemsOf(twice), ["waivers[2]  waives what an earlier one waives; keep one of them"]);
  });

  it("says where the YAML is broken", () => {
    const [problem, ...others] = problemsOf('waivers:\n  - finding: "vm-imdsv2\n');
    assert.match(problem!, /^line \d+  is not YAML: Missing closing "quote; correct the syntax$/);
    assert.deepEqual(others, []);
  });

  it("refuses a file that is empty or holds something else", () => {
    assert.deepEqual(problemsOf(""), ["waivers  is missing; give it a list"]);
    assert.deepEqual(problemsOf("[]"), ["[] is a list; give an object"]);
    assert.deepEqual(problemsOf("waivers: none"), ['waivers  "none" is a text; give a list']);
  });

  it("does not let aliases fill the memory", () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    const text = ["l0: &l0 [x, x]", ...levels, "waivers: *l30"].join("\n");
    assert.ok(problemsOf(text).some((line) => line.startsWith("waivers ") && line.includes("is missing")));
  });
});
