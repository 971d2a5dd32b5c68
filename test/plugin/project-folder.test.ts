import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { projectFolder } from "../../plugin/project-folder";

describe("projectFolder", () => {
  let root: string;

  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "landfall-project-"));
    fs.mkdirSync(path.join(root, "program/below"), { recursive: true });
  });

  afterEach(() => fs.rmSync(root, { recursive: true }));

  it("is the folder of the nearest project file above", () => {
    fs.writeFileSync(path.join(root, "Pulumi.yaml"), "");
    assert.equal(projectFolder(path.join(root, "program/below")), root);
    fs.writeFileSync(path.join(root, "program/Pulumi.json"), "");
    assert.equal(projectFolder(path.join(root, "program/below")), path.join(root, "program"));
  });

  it("is the folder itself where there is no project", () => {
    assert.equal(projectFolder(path.join(root, "program")), path.join(root, "program"));
  });
});
