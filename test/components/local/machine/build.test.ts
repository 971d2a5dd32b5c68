import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildOnce } from "../../../../components/local/machine/build";

describe("buildOnce", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-build-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const visible = (): string[] => readdirSync(folder).filter((name) => !name.endsWith(".lock"));

  it("builds once for all who ask at the same time", async () => {
    let builds = 0;
    const build = async (beside: string): Promise<void> => {
      builds++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      writeFileSync(join(beside, "file"), "whole");
    };
    await Promise.all([1, 2, 3].map(() => buildOnce(join(folder, "image"), build)));
    assert.equal(builds, 1);
    assert.equal(readFileSync(join(folder, "image", "file"), "utf8"), "whole");
  });

  it("leaves nothing of a build that failed, and builds again when asked again", async () => {
    const image = join(folder, "image");
    await assert.rejects(
      buildOnce(image, (beside) => {
        writeFileSync(join(beside, "file"), "half");
        return Promise.reject(new Error("mirror down"));
      }),
      /mirror down/,
    );
    assert.deepEqual(visible(), []);
    await buildOnce(image, () => Promise.resolve());
    assert.deepEqual(visible(), ["image"]);
  });

  it("removes what a build left that was killed", async () => {
    mkdirSync(join(folder, ".image.building-1", "half"), { recursive: true });
    await buildOnce(join(folder, "image"), () => Promise.resolve());
    assert.deepEqual(visible(), ["image"]);
  });
});
