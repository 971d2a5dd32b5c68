import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ApplyStatus } from "../../../../components/host/apply/status";
import { python } from "./python";

describe("what the apply program tells", () => {
  it("has no secret in its lines, its status and its log", () => {
    const folder = mkdtempSync(join(tmpdir(), "landfall-report-"));
    try {
      const script = `
import contextlib, io
from landfall_apply.report import Report, problem
report = Report(given + "/status.json", given + "/log/apply.log")
report.redactor.hide("correct horse", "secret a")
report.redactor.hide("first line of a key\\nsecond line of a key\\n", "secret b")
report.redactor.hide("abc", "secret c")
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
    report.begin("plan", None)
    report.step("step with correct horse")
    report.end("failed", "failed with correct horse, abc", None, [problem("a", "correct horse", ["second line of a key!"])], [])
result = said.getvalue()
`;
      const said = python(script, folder) as string;
      const status = readFileSync(join(folder, "status.json"), "utf8");
      const log = readFileSync(join(folder, "log/apply.log"), "utf8");
      for (const text of [said, status, log]) assert.doesNotMatch(text, /correct horse|line of a key/);
      assert.match(log, /step with \[secret a\]/);
      const { state, message, problems } = JSON.parse(status) as ApplyStatus;
      assert.equal(state, "failed");
      assert.equal(message, "failed with [secret a], abc", "a value of three letters would blank out ordinary words");
      assert.deepEqual(problems, [{ app: "a", message: "[secret a]", log: ["[secret b]!"] }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
