import assert from "node:assert/strict";
import { locationOf, sarifUri } from "../../../policies/report/location";
import { finding } from "../waivers/sample";

const at = (file: string, line: number | null = 5) => finding({ place: { file, line } });

describe("locationOf", () => {
  it("is the line in the file that was checked", () => {
    assert.deepEqual(locationOf(at("user-data.yaml"), "user-data.yaml", false), { path: "user-data.yaml", line: 5 });
  });

  it("is the line in a file of the folder that was checked", () => {
    assert.deepEqual(locationOf(at("sites/a.conf"), "etc/nginx", true), { path: "etc/nginx/sites/a.conf", line: 5 });
  });

  it("is the beginning of what was checked for a file that is only on the host", () => {
    const beginning = { path: "preview.json", line: 1 };
    assert.deepEqual(locationOf(at("/etc/nginx/nginx.conf"), "preview.json", false), beginning);
    assert.deepEqual(locationOf(finding(), "preview.json", false), beginning);
  });

  it("is the first line where lines tell nothing", () => {
    assert.deepEqual(locationOf(at("state.json", null), "state.json", false), { path: "state.json", line: 1 });
  });

  it("is the finding's own file for one that is about no subject", () => {
    assert.deepEqual(locationOf(at("waivers.yaml"), null, false), { path: "waivers.yaml", line: 5 });
  });
});

describe("sarifUri", () => {
  it("is relative to the root and quoted", () => {
    assert.equal(sarifUri("out/a b#1.json", "/repo"), "out/a%20b%231.json");
    assert.equal(sarifUri("/repo/out/x.json", "/repo"), "out/x.json");
  });

  it("is a URL for what lies elsewhere", () => {
    assert.equal(sarifUri("../x.json", "/repo"), "file:///x.json");
    assert.equal(sarifUri("/repository/x.json", "/repo"), "file:///repository/x.json");
  });

  it("takes a name that only begins with dots for what it is", () => {
    assert.equal(sarifUri("..x.json", "/repo"), "..x.json");
  });
});
