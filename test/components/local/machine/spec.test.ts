import assert from "node:assert/strict";
import { nspawnArguments } from "../../../../components/local/machine/container";
import { changedFor, checkSpec } from "../../../../components/local/machine/spec";

const spec = { id: "0badcafe", name: "web", debian: 12 };

describe("checkSpec", () => {
  it("lists all that is wrong at once", () => {
    const wrong = {
      id: "x",
      name: "Web",
      debian: 9,
      layers: ["cache"],
      binds: [{ source: "a", target: "/b\n" }],
      aliases: ["a b"],
    };
    assert.throws(
      () => checkSpec(wrong),
      (error: Error) =>
        ['id "x"', 'name "Web"', "debian 9", "layers[0]", "binds[0].source", "binds[0].target", "aliases[0]"].every(
          (part) => error.message.includes(part),
        ),
    );
  });

  it("binds read-only unless told otherwise", () => {
    assert.deepEqual(checkSpec({ ...spec, binds: [{ source: "/a", target: "/b" }] }).binds, [
      { source: "/a", target: "/b", readOnly: true },
    ]);
  });
});

describe("changedFor", () => {
  it("sees no change in the order of packages", () => {
    const [a, b] = [
      ["nginx", "git"],
      ["git", "nginx"],
    ].map((packages) => checkSpec({ ...spec, packages }));
    assert.deepEqual(a && b && changedFor(a, b, true), []);
  });

  it("lets binds change while the machine is off, and user data never", () => {
    const had = checkSpec(spec);
    const asked = checkSpec({ ...spec, userData: "#cloud-config\n{a: 1}\n", binds: [{ source: "/a", target: "/b" }] });
    assert.deepEqual(changedFor(had, asked, true), ["userData", "binds"]);
    assert.deepEqual(changedFor(had, asked, false), ["userData"]);
  });

  it("lets layers and aliases change: they are of the next machine, and of the hosts file", () => {
    const asked = checkSpec({ ...spec, layers: ["/cache/x"], aliases: ["a.example.com"] });
    assert.deepEqual(changedFor(checkSpec(spec), asked, true), []);
  });
});

describe("nspawnArguments", () => {
  const base = { tag: "0badcafe02", root: "/s/root", hosts: "/s/hosts", console: "/s/c", boots: "/s/b" };

  it("carries colons and backslashes of a path through to the machine", () => {
    const binds = [{ source: "/a:b\\c", target: "/d:e", readOnly: false }];
    assert.ok(nspawnArguments({ ...base, spec: checkSpec({ ...spec, binds }) }).includes("--bind=/a\\:b\\\\c:/d\\:e"));
  });

  it("gives no machine more capabilities than nspawn does by itself", () => {
    const words = nspawnArguments({ ...base, spec: checkSpec(spec) });
    assert.deepEqual(
      words.filter((word) => /capability|system-call/.test(word)),
      [],
    );
  });
});
