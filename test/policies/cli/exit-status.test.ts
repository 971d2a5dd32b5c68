import assert from "node:assert/strict";
import { exitStatus } from "../../../policies/cli/exit-status";
import { Finding, Level, Severity, Status } from "../../../policies/finding";
import { findingsAboutWaivers } from "../../../policies/waivers/apply";
import { finding, waiver } from "../waivers/sample";

const status = (changes: Partial<Finding>, failOn: Severity = Severity.Low, strict = false): number => {
  const findings = [{ ...finding(changes), waiver: null }];
  return exitStatus(
    { subjects: [{ path: "a", kind: "state", isFolder: false, findings }], waivers: [] },
    failOn,
    strict,
  );
};

describe("exit status", () => {
  it("is 0 when all passes or does not apply", () => {
    assert.equal(status({ status: Status.Pass }), 0);
    assert.equal(status({ status: Status.NotApplicable }, Severity.Low, true), 0);
  });

  it("is 2 when something fails that is as bad as asked for", () => {
    assert.equal(status({ severity: Severity.High }, Severity.High), 2);
    assert.equal(status({ severity: Severity.Critical }, Severity.High), 2);
    assert.equal(status({ severity: Severity.Medium }, Severity.High), 0);
  });

  it("is 0 with warnings and with what is waived", () => {
    assert.equal(status({ level: Level.Advisory, severity: Severity.Critical }), 0);
    assert.equal(status({ status: Status.Waived, severity: Severity.Critical }), 0);
  });

  it("is 3 for what is not known, when that is asked for and nothing fails", () => {
    assert.equal(status({ status: Status.Unknown }), 0);
    assert.equal(status({ status: Status.Unknown }, Severity.Low, true), 3);
    assert.equal(status({ status: Status.Fail }, Severity.Low, true), 2);
  });

  it("is 2 for a waiver that nothing needs, whatever severity is asked for", () => {
    const waivers = findingsAboutWaivers([], [waiver()], "2027-01-01");
    assert.equal(exitStatus({ subjects: [], waivers }, Severity.Critical, false), 2);
  });
});
