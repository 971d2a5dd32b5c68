import assert from "node:assert/strict";
import { commandLines, lastSetting, settings, settingWords } from "../../../../policies/reader/systemd/settings";
import { UnitView } from "../../../../policies/reader/systemd/unit-view";
import { readUserData } from "../../../../policies/reader/read-user-data";

/** The unit that this text makes. */
function unit(text: string, name = "app.service"): UnitView {
  const view = readUserData(`#!/bin/sh\ncat > '/etc/systemd/system/${name}' <<'EOF'\n${text}\nEOF\n`, "data");
  const [found] = view.units;
  assert.ok(found);
  return found;
}

describe("settings", () => {
  it("starts a list anew where an empty assignment stands", () => {
    const app = unit("[Service]\nEnvironment=A=1\nEnvironment=\nEnvironment=B=2\nEnvironment=C=3");
    assert.deepEqual(
      settings(app, "Service", "Environment").map(({ value }) => value),
      ["B=2", "C=3"],
    );
  });

  it("asks one section only", () => {
    assert.deepEqual(
      settings(unit("[Unit]\nUser=x\n[Service]\nUser=y"), "Service", "User").map(({ value }) => value),
      ["y"],
    );
  });

  it("takes the last of settings that have one value, and none where the last is empty", () => {
    assert.equal(lastSetting(unit("[Service]\nUser=a\nUser=b"), "Service", "User")?.value, "b");
    assert.equal(lastSetting(unit("[Service]\nUser=a\nUser="), "Service", "User"), null);
  });

  const specifiers: [name: string, value: string, expected: string][] = [
    ["app.service", "%n %N %p", "app.service app app"],
    ["app@blue.service", "/srv/%p/%i", "/srv/app/blue"],
    ["app@blue.service", "%I %j", "blue %j"],
    ["app@a-b.service", "%i %I", "a-b %I"],
    ["app.service", "%S/app %t/x %E 100%% %h", "/var/lib/app /run/x /etc 100% /root"],
  ];
  for (const [name, value, expected] of specifiers) {
    it(`reads ${value} of ${name} as ${expected}`, () =>
      assert.equal(lastSetting(unit(`[Service]\nX=${value}`, name), "Service", "X")?.value, expected));
  }

  it("gives the words of all settings of a key", () => {
    assert.deepEqual(settingWords(unit("[Unit]\nAfter=a.service b.socket\nAfter=c.service"), "Unit", "After"), [
      "a.service",
      "b.socket",
      "c.service",
    ]);
  });
});

describe("commandLines", () => {
  it("takes prefixes, words and further commands apart", () => {
    const app = unit('[Service]\nExecStart=-@/bin/a a0 "b c" ; !/bin/d \\\n  e\nExecStart=/bin/f');
    assert.deepEqual(
      commandLines(app, "ExecStart").map(({ prefixes, words, place }) => [prefixes, words, place.line]),
      [
        ["-@", ["/bin/a", "a0", "b c"], 2],
        ["!", ["/bin/d", "e"], 2],
        ["", ["/bin/f"], 4],
      ],
    );
  });
});
