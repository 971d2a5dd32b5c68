import fc from "fast-check";
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { cacheFolder, cacheRoot, digestOf, makeOnce, markUsed, removeUnused } from "../../../toolchain/engine/cache";
import { temporaryFolder } from "./temporary-folder";

describe("cacheRoot", () => {
  it("is LANDFALL_CACHE_HOME where that is set", () => {
    assert.equal(cacheRoot({ LANDFALL_CACHE_HOME: "/srv/landfall", XDG_CACHE_HOME: "/var/cache/me" }), "/srv/landfall");
  });

  it("lies below XDG_CACHE_HOME", () => {
    assert.equal(cacheRoot({ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" }), "/var/cache/me/landfall");
  });

  it("lies below ~/.cache when XDG_CACHE_HOME is not set, empty or relative", () => {
    for (const XDG_CACHE_HOME of [undefined, "", "cache"]) {
      assert.equal(cacheRoot({ XDG_CACHE_HOME, HOME: "/home/me" }), "/home/me/.cache/landfall");
    }
  });
});

describe("cacheFolder", () => {
  it("is a path in the cache of this process", () => {
    assert.equal(cacheFolder("images", "base"), `${cacheRoot(process.env)}/images/base`);
  });
});

describe("removeUnused", () => {
  const folder = temporaryFolder();

  it("removes what was not used for that many days, and nothing else", () => {
    const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
    for (const name of ["new", "old", "old-but-used"]) {
      fs.mkdirSync(path.join(folder(), name));
    }
    for (const name of ["old", "old-but-used"]) {
      fs.utimesSync(path.join(folder(), name), old, old);
    }
    markUsed(path.join(folder(), "old-but-used"));
    removeUnused(folder(), 30);
    assert.deepEqual(fs.readdirSync(folder()), ["new", "old-but-used"]);
  });
});

describe("digestOf", () => {
  it("tells apart any two lists of parts", () => {
    const parts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        assert.equal(digestOf(...left) === digestOf(...right), JSON.stringify(left) === JSON.stringify(right));
      }),
    );
  });
});

describe("makeOnce", () => {
  const folder = temporaryFolder();
  const place = (): string => path.join(folder(), "cache", "thing");

  it("makes a folder once for callers that come at the same time", async () => {
    let made = 0;
    const make = async (beside: string): Promise<void> => {
      made++;
      await new Promise((resolve) => setTimeout(resolve, 20));
      fs.writeFileSync(path.join(beside, "file"), "whole");
    };
    const results = await Promise.all([1, 2, 3].map(() => makeOnce(place(), make)));
    assert.equal(made, 1);
    assert.deepEqual(results.sort(), [false, false, true]);
    assert.equal(fs.readFileSync(path.join(place(), "file"), "utf8"), "whole");
  });

  it("shows nothing of a folder that is being made", async () => {
    await makeOnce(place(), (beside) => {
      fs.writeFileSync(path.join(beside, "file"), "half");
      assert.equal(fs.existsSync(place()), false);
      return Promise.resolve();
    });
    assert.ok(fs.existsSync(place()));
  });

  it("leaves nothing when making fails, and makes it the next time", async () => {
    await assert.rejects(
      makeOnce(place(), () => Promise.reject(new Error("disk full"))),
      /disk full/,
    );
    assert.deepEqual(fs.readdirSync(path.dirname(place())), []);
    assert.equal(await makeOnce(place(), () => Promise.resolve()), true);
  });

  it("removes what a killed process left beside", async () => {
    const left = `${place()}.new-dead`;
    fs.mkdirSync(left, { recursive: true });
    await makeOnce(place(), () => Promise.resolve());
    assert.deepEqual(fs.readdirSync(path.dirname(place())), ["thing"]);
  });
});
