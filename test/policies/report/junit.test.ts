import assert from "node:assert/strict";
import { join } from "node:path";
import { junit } from "../../../policies/report/junit";
import { assertGolden } from "../../components/host/golden";
import { ReadElement, readXml } from "./read-xml";
import { sampleReport } from "./sample";

/** What a build server makes of the report. */
function outcomes(): [suite: string, name: string, outcome: string][] {
  const [root] = readXml([junit(sampleReport())]);
  return root!.children.flatMap((suite) =>
    suite.children.map((testCase): [string, string, string] => [
      suite.attributes["name"]!,
      testCase.attributes["name"]!,
      testCase.children.map(({ name }) => name).join(" ") || "passed",
    ]),
  );
}

describe("the report for build servers (JUnit)", () => {
  it("has a suite for each file and a case for each rule and resource", () => {
    assert.deepEqual(outcomes(), [
      ["out/preview.json", "net-no-admin-world", "failure"],
      ["out/preview.json", "net-no-admin-world", "passed"],
      ["out/preview.json", "vm-imdsv2", "skipped"],
      ["out/preview.json", "svc-not-root[app.service]", "skipped"],
      ["etc/nginx", "hdr-nosniff", "system-out"],
      ["waivers", "waiver-unused", "failure"],
    ]);
  });

  it("counts what is in it", () => {
    const count = ({ attributes: { tests, failures, skipped } }: ReadElement): string =>
      `${tests} ${failures} ${skipped}`;
    const [root] = readXml([junit(sampleReport())]);
    assert.deepEqual([root!, ...root!.children].map(count), ["6 2 2", "4 1 2", "1 0 0", "1 1 0"]);
  });

  it("tells all findings of a case, and why others are skipped", () => {
    assertGolden(join(__dirname, "golden/report.xml"), junit(sampleReport()));
  });
});
