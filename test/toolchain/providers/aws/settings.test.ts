import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { accountSettings } from "../../../../toolchain/providers/aws/account/settings";

describe("accountSettings", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-simulation-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  function settings(text: string): unknown {
    const file = path.join(folder, "account.json");
    fs.writeFileSync(file, text);
    return accountSettings({ LANDFALL_SIMULATION: file });
  }

  it("has none where no file is named", () => {
    assert.deepEqual(accountSettings({}), {});
  });

  it("reads the file that the environment names", () => {
    const written = { accountId: "123456789012", zones: ["shop.org"], privateZones: ["corp.internal"] };
    assert.deepEqual(settings(JSON.stringify(written)), written);
  });

  it("names everything that it does not understand at once", () => {
    assert.throws(
      () => settings('{ "accountId": 12, "zones": ["Shop.org."], "vpc": 1 }'),
      /accountId has to be a text of 12 digits; zones has to be a list of domains .*; vpc is not known; known are accountId, zones, privateZones/,
    );
  });

  it("names a file that is no JSON, no object, or not there", () => {
    assert.throws(() => settings("{"), /LANDFALL_SIMULATION {2}".*account\.json" cannot be read as JSON/);
    assert.throws(() => settings("[]"), /has to be an object/);
    assert.throws(() => accountSettings({ LANDFALL_SIMULATION: "/nowhere" }), /"\/nowhere" cannot be read.*ENOENT/);
  });
});
