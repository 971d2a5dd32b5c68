import assert from "node:assert/strict";
import { json } from "../../../policies/report/json";
import { sampleReport } from "./sample";

describe("the report for programs (JSON)", () => {
  it("has everything, and a summary", () => {
    const report = sampleReport();
    assert.deepEqual(JSON.parse(json(report)), {
      format: 1,
      tool: { name: "landfall", version: "1.2.3" },
      summary: { pass: 1, fail: 4, unknown: 1, "not-applicable": 1, waived: 1 },
      checklist: report.items,
      subjects: report.subjects.map(({ path, kind, findings }) => ({ path, kind, findings })),
      waivers: report.waivers,
    });
  });
});
