import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parametersFolder } from "../../../../components/local/delivery/folders";
import { deliverParameters } from "../../../../components/local/delivery/parameters";

describe("deliverParameters", () => {
  let folder: string;
  const spec = { id: "0123abcd", machine: "web" };
  const before = process.env.LANDFALL_STATE_HOME;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-parameters-"));
    process.env.LANDFALL_STATE_HOME = folder;
  });

  afterEach(() => {
    if (before === undefined) delete process.env.LANDFALL_STATE_HOME;
    else process.env.LANDFALL_STATE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it("writes each value to a file that only its owner can read", () => {
    deliverParameters(spec, { "tls/www.example.com": "{}", "secrets/app/key": "s3cret\n" });
    const path = join(parametersFolder(spec.id, spec.machine), "secrets/app/key");
    assert.equal(readFileSync(path, "utf8"), "s3cret\n");
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(parametersFolder(spec.id, spec.machine)).mode & 0o777, 0o700);
  });

  it("removes a parameter that is no longer given", () => {
    deliverParameters(spec, { "secrets/app/old": "1", "secrets/app/kept": "2" });
    deliverParameters(spec, { "secrets/app/kept": "2" });
    assert.equal(existsSync(join(parametersFolder(spec.id, spec.machine), "secrets/app/old")), false);
    assert.equal(existsSync(join(parametersFolder(spec.id, spec.machine), "secrets/app/kept")), true);
  });

  it("refuses a name that leaves the folder, without telling the value", () => {
    for (const name of ["../evil", "a/../../b", "/etc/passwd", "a//b", ""]) {
      assert.throws(
        () => deliverParameters(spec, { [name]: "hidden-value" }),
        (error: Error) => error.message.includes(JSON.stringify(name)) && !error.message.includes("hidden-value"),
      );
    }
  });
});
