import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { permissionFault } from "../../../../toolchain/providers/aws/account/permission";

const folder = path.join(os.tmpdir(), "some-simulation");
const fault = (backend: string | undefined, simulate = "1"): string | undefined =>
  permissionFault({ LANDFALL_SIMULATE: simulate, ...(backend !== undefined && { PULUMI_BACKEND_URL: backend }) });

describe("permissionFault", () => {
  it("lets changes be simulated when they are asked for, with the state in a temporary folder", () => {
    assert.equal(fault(`file://${folder}`), undefined);
    assert.equal(fault(`file://${folder}/deep/down?no_tmp_dir=true`), undefined);
  });

  it("refuses what was not asked for, and says what to do", () => {
    assert.match(
      fault(`file://${folder}`, "") ?? "",
      /makes nothing in AWS, so it only previews.* set LANDFALL_SIMULATE=1/,
    );
    assert.match(fault(`file://${folder}`, "true") ?? "", /it only previews/);
  });

  const elsewhere = [
    "s3://state",
    "https://api.pulumi.com",
    "file:///var/lib/state",
    `file://${os.tmpdir()}`,
    `file://${os.tmpdir()}/../etc`,
    "file://~/state",
    "",
  ];
  for (const backend of elsewhere) {
    it(`refuses a state in ${JSON.stringify(backend)}`, () => {
      assert.match(fault(backend) ?? "", /simulated only with its state in a temporary folder: PULUMI_BACKEND_URL is/);
    });
  }

  it("refuses where the backend is not in the environment, because then it is not known", () => {
    assert.match(fault(undefined) ?? "", /PULUMI_BACKEND_URL is not set/);
  });

  it("lets through what lies in the temporary folder, however its path is written, and nothing else", () => {
    const tmp = fs.realpathSync(os.tmpdir());
    const steps = fc.array(fc.constantFrom("..", ".", "", "a", "b c", "tmp", "%2e%2e", path.basename(tmp)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(tmp, "", "/var"), steps, (first, rest) => {
        const written = [first, ...rest].join("/");
        const readings = [written, decodeURIComponent(written)].map((reading) => path.resolve("/", reading));
        const inside = readings.every((folder) => folder.startsWith(`${tmp}${path.sep}`));
        assert.equal(fault(`file://${written.startsWith("/") ? "" : "/"}${written}`) === undefined, inside, written);
      }),
    );
  });

  it("refuses a folder that only looks temporary: a link to elsewhere", () => {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-permission-"));
    try {
      fs.symlinkSync("/var/lib", path.join(made, "link"));
      assert.match(fault(`file://${made}/link/state`) ?? "", /temporary folder/);
    } finally {
      fs.rmSync(made, { recursive: true });
    }
  });

  it("does not show a password in the backend's address", () => {
    const shown = fault("postgres://user:hunter2@db/state") ?? "";
    assert.match(shown, /"postgres:\/\/db\/state"/);
    assert.doesNotMatch(shown, /hunter2/);
  });
});
