import assert from "node:assert/strict";
import fc from "fast-check";
import { terminal } from "../../../policies/report/terminal";
import { join } from "node:path";
import { assertGolden } from "../../components/host/golden";
import { finding } from "../waivers/sample";
import { sampleReport } from "./sample";

describe("the report for people", () => {
  it("shows what is to be done, worst first, then the checklist", () => {
    assertGolden(join(__dirname, "golden/report.txt"), terminal(sampleReport()));
  });

  it("says so when there is nothing to do", () => {
    const subjects = [{ path: "state.json", kind: "state", isFolder: false, findings: [] }];
    assert.equal(
      terminal({ ...sampleReport(), subjects, waivers: [], items: [] }),
      "state.json (state)\n  nothing to do\n\nChecklist\n\n0 failed, 0 passed\n",
    );
  });

  it("sends no control characters to the terminal, whatever names hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const findings = [{ ...finding({ message: name, resource: name, key: name }), waiver: null }];
        const text = terminal({
          ...sampleReport(),
          subjects: [{ path: name, kind: "state", isFolder: false, findings }],
        });
        assert.doesNotMatch(text.replaceAll("\n", ""), /\p{Cc}/u);
      }),
    );
  });
});
