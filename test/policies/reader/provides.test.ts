import assert from "node:assert/strict";
import { fileAt, provides } from "../../../policies/reader/provides";
import { readUserData } from "../../../policies/reader/read-user-data";

const how = (script: string, path: string): string | null =>
  provides(readUserData(`#!/bin/sh\n${script}`, "data"), path)?.how ?? null;

describe("provides", () => {
  const table: [script: string, path: string, expected: string | null][] = [
    ["echo hi > /srv/app/main.py", "/srv/app/main.py", "file"],
    ["echo hi > /srv/app/main.py", "/srv/app", "file"],
    ["echo hi > /srv/app/main.py", "/srv/ap", null],
    ["git clone https://x/app.git /srv/app", "/srv/app", "clone"],
    ["git clone https://x/app.git /srv/app", "/srv/app/web/static", "clone"],
    ["git clone https://x/app.git /srv/app/code", "/srv/app", "clone"],
    ["mkdir -p /srv/app", "/srv/app", "directory"],
    ["mkdir -p /srv/app", "/srv/app/code", null],
    ["mkdir -p /srv/app; tar xf a.tar -C /srv/app", "/srv/app", "unpack"],
    ["git clone https://x/y /opt/y; ln -s /opt/y /srv/app", "/srv/app/code", "clone"],
    ["ln -s /opt/y /srv/app", "/srv/app", null],
    ["python3 -m venv /srv/env", "/srv/env/bin/python", "build"],
    ["git clone https://x/y /srv/app; rm -rf /srv/app", "/srv/app", null],
  ];
  for (const [script, path, expected] of table) {
    it(`has ${expected ?? "nothing"} for ${path} after ${script}`, () => assert.equal(how(script, path), expected));
  }
});

describe("fileAt", () => {
  it("follows links", () => {
    const view = readUserData("#!/bin/sh\necho hi > /a/b\nln -s /a /c\nln -s /c/b /d", "data");
    assert.deepEqual(
      [fileAt(view, "/d")?.content, fileAt(view, "/c/b")?.content, fileAt(view, "/c/x")],
      ["hi\n", "hi\n", null],
    );
  });
});
