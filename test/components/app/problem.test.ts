import assert from "node:assert/strict";
import { at, describeProblems, problemText, propertyErrors } from "../../../components/app/problem";

describe("problem", () => {
  const overlap = {
    path: "apps[1].routes[0].path",
    value: "/reports",
    reason: "overlaps another app",
    fix: "give one of them another prefix",
  };
  const missing = { path: "apps[2].source", reason: "says nothing", fix: "give a directory" };

  it("says value, reason and fix in one sentence", () => {
    assert.equal(problemText(overlap), '"/reports" overlaps another app; give one of them another prefix');
  });

  it("leaves out a value that is not to be seen", () => {
    assert.equal(problemText(missing), "says nothing; give a directory");
  });

  it("shows control characters as escapes", () => {
    assert.match(problemText({ ...overlap, value: "a\n\u001b[31m" }), /^"a\\n\\u001b\[31m" /);
  });

  it("shortens a value that nobody would read to its end", () => {
    assert.match(problemText({ ...overlap, value: "x".repeat(5000) }), /^"x{119}… \(5002 characters\) /);
  });

  it("lists all problems under their subject, paths in a column", () => {
    assert.equal(
      describeProblems("landfall:index:LocalSite 'demo'", [overlap, missing]),
      [
        "landfall:index:LocalSite 'demo' has 2 problems:",
        '  apps[1].routes[0].path  "/reports" overlaps another app; give one of them another prefix',
        "  apps[2].source          says nothing; give a directory",
      ].join("\n"),
    );
  });

  it("counts a single problem as one", () => {
    assert.match(describeProblems("it", [missing]), /^it has 1 problem:\n/);
  });

  it("hands paths and sentences to Pulumi", () => {
    assert.deepEqual(propertyErrors([missing]), [
      { propertyPath: "apps[2].source", reason: "says nothing; give a directory" },
    ]);
  });

  it("writes property paths as Pulumi does", () => {
    assert.equal(at(at(at("", "apps"), 3), "environment"), "apps[3].environment");
    assert.equal(at("apps[0].environment", "odd.key"), 'apps[0].environment["odd.key"]');
  });
});
