import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { python } from "./python";

describe("Python environments", () => {
  it("hand pip's indexes on to uv, each in its own form", () => {
    const script = `
from landfall_apply.environments import uv_settings
class Told:
    class redactor:
        hidden = []
        hide = staticmethod(lambda value, name: Told.redactor.hidden.append(value))
settings = uv_settings(given, Told)
result = [settings, Told.redactor.hidden]
`;
    const config = [
      ":env:.cert='/etc/ssl/certs/ca-certificates.crt'",
      "global.index-url='https://user:pass@index.example/simple'",
      "global.extra-index-url='\\nhttps://one.example/simple\\nhttps://two.example/simple'",
      "install.find-links='/wheels https://three.example/'",
      "global.timeout='60'",
    ].join("\n");
    assert.deepEqual(python(script, config), [
      {
        UV_DEFAULT_INDEX: "https://user:pass@index.example/simple",
        UV_INDEX: "https://one.example/simple https://two.example/simple",
        UV_FIND_LINKS: "/wheels,https://three.example/",
      },
      [
        "https://user:pass@index.example/simple",
        "https://one.example/simple",
        "https://two.example/simple",
        "/wheels",
        "https://three.example/",
      ],
    ]);
  });

  describe("reading a requirements file", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(join(tmpdir(), "landfall-requirements-"))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    const script = `
from landfall_apply.environments import read_requirements
from landfall_apply.report import Failure
result = []
for name in given["names"]:
    try:
        result.append(["text", read_requirements("blog", given["folder"], name)])
    except Failure as failure:
        result.append(["failure", str(failure)])
`;
    type Outcome = [kind: "text" | "failure", said: string];
    const read = (...contents: string[]): Outcome[] => {
      const names = contents.map((content, index) => {
        writeFileSync(join(folder, `${index}.txt`), content);
        return `${index}.txt`;
      });
      return python(script, { folder, names }) as Outcome[];
    };

    it("keeps every character, as the key is made from them", () => {
      const content = "# Größe\r\nidna==3.10 ; python_version > '3'\n\n--find-links https://x.example/\n";
      assert.deepEqual(read(content), [["text", content]]);
    });

    it("refuses lines that name another file, which the key would not cover", () => {
      const lines = [
        "-r a.txt",
        "-ra.txt",
        "--requirement=a.txt",
        "-c a.txt",
        "-e .",
        "./wheel.whl",
        "/wheel.whl",
        "file:x",
      ];
      read(...lines.map((line) => `idna==3.10\n  ${line}\n`)).forEach(([kind, said], index) => {
        assert.equal(kind, "failure", lines[index]);
        assert.match(said, /app blog: \d.txt line 2/);
      });
    });

    it("names one that is missing", () => {
      const [[kind, said] = []] = python(script, { folder, names: ["none.txt"] }) as Outcome[];
      assert.equal(kind, "failure");
      assert.match(said ?? "", /app blog: .*'none.txt'/);
    });
  });
});
