import assert from "node:assert/strict";
import Ajv from "ajv";
import { sarif } from "../../../policies/report/sarif";
import { sampleReport } from "./sample";

const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as object;
const draft4 = require("ajv/lib/refs/json-schema-draft-04.json") as object;

interface Result {
  ruleId: string;
  ruleIndex: number;
  kind: string;
  level: string;
  message: { text: string };
  locations: {
    physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
    logicalLocations?: { fullyQualifiedName: string }[];
  }[];
  partialFingerprints: { primaryLocationLineHash: string };
  suppressions?: { kind: string; justification: string }[];
}

interface Log {
  $schema: string;
  version: string;
  runs: { tool: { driver: { name: string; rules: Record<string, unknown>[] } }; results: Result[] }[];
}

const log = (): Log => JSON.parse(sarif(sampleReport(), "/repo")) as Log;
const results = (): Result[] => log().runs[0]!.results;
const about = (rule: string): Result => results().find(({ ruleId }) => ruleId === rule)!;

describe("the report for code scanning (SARIF)", () => {
  it("is valid by the schema of SARIF 2.1.0", () => {
    const ajv = new Ajv({ schemaId: "auto", unknownFormats: "ignore", allErrors: true }).addMetaSchema(draft4);
    assert.equal(ajv.validate(schema, log()), true, ajv.errorsText());
  });

  it("has all that GitHub asks of a rule", () => {
    const { name, rules } = log().runs[0]!.tool.driver;
    assert.equal(name, "Landfall");
    assert.deepEqual(rules[0], {
      id: "net-no-admin-world",
      shortDescription: { text: "Title of net-no-admin-world" },
      fullDescription: { text: "Help on net-no-admin-world." },
      help: { text: "Help on net-no-admin-world." },
      defaultConfiguration: { level: "error", enabled: true },
      properties: { tags: ["security", "deployment", "ports"], "security-severity": "8.0" },
    });
  });

  it("has all that GitHub asks of a result", () => {
    assert.deepEqual(results()[0], {
      ruleId: "net-no-admin-world",
      ruleIndex: 0,
      kind: "fail",
      level: "error",
      message: {
        text: "web (aws:ec2/securityGroup:SecurityGroup): port 22 is open to the world. name who may log in",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "out/preview.json" },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          },
          logicalLocations: [
            { fullyQualifiedName: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web", kind: "resource" },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: results()[0]!.partialFingerprints.primaryLocationLineHash },
    });
  });

  it("points each result to its rule", () => {
    const { rules } = log().runs[0]!.tool.driver;
    for (const { ruleId, ruleIndex } of results()) assert.equal(rules[ruleIndex]!["id"], ruleId);
  });

  it("leaves out what passes or does not apply", () => {
    assert.deepEqual(
      results().map(({ ruleId, kind }) => `${ruleId} ${kind}`),
      [
        "net-no-admin-world fail",
        "net-no-admin-world fail",
        "vm-imdsv2 open",
        "svc-not-root fail",
        "hdr-nosniff fail",
        "waiver-unused fail",
      ],
    );
  });

  it("suppresses what is waived, with the reason", () => {
    assert.deepEqual(about("svc-not-root").suppressions, [
      {
        kind: "external",
        status: "accepted",
        justification: "The bastion is replaced by Session Manager in March (ops@example.com, until 2027-03-31)",
      },
    ]);
    assert.equal(about("hdr-nosniff").suppressions, undefined);
  });

  it("warns of what is advisory, at its line", () => {
    const { level, locations } = about("hdr-nosniff");
    assert.equal(level, "warning");
    assert.deepEqual(locations[0]!.physicalLocation, {
      artifactLocation: { uri: "etc/nginx/sites/a%20b.conf" },
      region: { startLine: 12, startColumn: 1, endLine: 12, endColumn: 1 },
    });
  });

  it("gives the file on the host in the message when the file itself is not at hand", () => {
    assert.match(about("svc-not-root").message.text, /\(\/etc\/systemd\/system\/app\.service:7\)/);
    assert.equal(about("svc-not-root").locations[0]!.physicalLocation.artifactLocation.uri, "out/preview.json");
  });

  it("knows a finding again when its line moves, and tells it from others", () => {
    const moved = sampleReport();
    const hashes = (report: ReturnType<typeof sampleReport>): string[] =>
      (JSON.parse(sarif(report, "/repo")) as Log).runs[0]!.results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    const shifted = moved.subjects.map((subject) => ({
      ...subject,
      findings: subject.findings.map((found) => ({
        ...found,
        place: found.place && { ...found.place, line: (found.place.line ?? 0) + 9 },
      })),
    }));
    assert.deepEqual(hashes({ ...moved, subjects: shifted }), hashes(moved));
    assert.equal(new Set(hashes(moved)).size, hashes(moved).length);
  });
});
