import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../../../components/host/digest";
import { storeFolder } from "../../../../components/local/delivery/folders";
import { publish, PublishSpec } from "../../../../components/local/delivery/publish";

describe("publish", () => {
  let folder: string;
  let spec: PublishSpec;
  const program = "print('apply')\n";
  const before = process.env.LANDFALL_STATE_HOME;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-publish-"));
    process.env.LANDFALL_STATE_HOME = join(folder, "state");
    for (const name of ["one", "two", "three"]) writeFileSync(join(folder, name), `archive ${name}`);
    spec = {
      id: "0123abcd",
      machine: "web",
      program: sha256(program),
      archives: { one: join(folder, "one"), two: join(folder, "two"), three: join(folder, "three") },
    };
  });

  afterEach(() => {
    if (before === undefined) delete process.env.LANDFALL_STATE_HOME;
    else process.env.LANDFALL_STATE_HOME = before;
    rmSync(folder, { recursive: true, force: true });
  });

  const planOf = (...archives: string[]): string =>
    JSON.stringify({ releases: archives.map((archive) => ({ source: { archive, git: null } })) });
  const listing = (part: string): string[] => readdirSync(join(storeFolder("0123abcd", "web"), part)).sort();

  it("points to the plan and the program by the digest of their text", () => {
    const { plan } = publish(spec, planOf("one"), program);
    assert.equal(plan, sha256(planOf("one")));
    const pointer = JSON.parse(readFileSync(join(storeFolder("0123abcd", "web"), "current.json"), "utf8")) as object;
    assert.deepEqual(pointer, { format: 1, plan, program: sha256(program) });
    assert.equal(readFileSync(join(storeFolder("0123abcd", "web"), "plans", `${plan}.json`), "utf8"), planOf("one"));
    assert.equal(readFileSync(join(storeFolder("0123abcd", "web"), "code", "one.tar.gz"), "utf8"), "archive one");
  });

  it("keeps what this plan and the one before need, and nothing older", () => {
    publish(spec, planOf("one"), program);
    publish(spec, planOf("two"), program);
    publish(spec, planOf("three"), program);
    assert.deepEqual(listing("code"), ["three.tar.gz", "two.tar.gz"]);
    assert.deepEqual(listing("plans"), [`${sha256(planOf("two"))}.json`, `${sha256(planOf("three"))}.json`].sort());
  });

  it("leaves the pointer alone when the code of a plan is missing", () => {
    publish(spec, planOf("one"), program);
    const pointer = readFileSync(join(storeFolder("0123abcd", "web"), "current.json"), "utf8");
    assert.throws(() => publish(spec, planOf("four"), program), /names the code four, which was not packed/);
    assert.equal(readFileSync(join(storeFolder("0123abcd", "web"), "current.json"), "utf8"), pointer);
  });
});
