import assert from "node:assert/strict";
import { parseCheckOptions, UsageError } from "../../../policies/cli/options";

const refusal = (...argv: string[]): string => {
  try {
    parseCheckOptions(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "nothing was refused";
};

describe("the command line of landfall check", () => {
  it("has defaults for all but the files", () => {
    assert.deepEqual(parseCheckOptions(["a.json", "nginx"]), {
      paths: ["a.json", "nginx"],
      format: "terminal",
      output: undefined,
      failOn: "low",
      strict: false,
      waivers: undefined,
      settings: undefined,
    });
  });

  it("takes options before and after the files", () => {
    const options = parseCheckOptions([
      ...["--format", "sarif", "--strict", "a.json", "--fail-on=high", "--output", "o.sarif"],
      ...["--waivers", "w.yaml", "--settings", "s.yaml"],
    ]);
    assert.deepEqual(options, {
      paths: ["a.json"],
      format: "sarif",
      output: "o.sarif",
      failOn: "high",
      strict: true,
      waivers: "w.yaml",
      settings: "s.yaml",
    });
  });

  it("refuses to check nothing", () => {
    assert.equal(refusal("--strict"), "there is nothing to check: name a file or a folder");
  });

  it("refuses a value that there is not, and names the one that was meant", () => {
    assert.equal(refusal("a", "--format", "SARIF"), '--format cannot be "SARIF"; did you mean "sarif"?');
    assert.equal(refusal("a", "--fail-on", "5"), '--fail-on cannot be "5"; use one of critical, high, medium, low');
  });

  it("refuses an option that there is not", () => {
    assert.equal(refusal("a", "--colour"), "Unknown option '--colour'");
  });
});
