import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { canonicalJson, environmentKey } from "../../../components/host/digest";

describe("canonicalJson", () => {
  it("does not depend on the order in which keys were set", () => {
    assert.equal(
      canonicalJson({ b: 1, a: { d: [1, { y: 1, x: 2 }], c: 2 } }),
      '{"a":{"c":2,"d":[1,{"x":2,"y":1}]},"b":1}',
    );
  });

  it("sorts keys that look like numbers among the others", () => {
    assert.equal(canonicalJson({ 2: "b", 10: "a", "-": "c" }), '{"-":"c","10":"a","2":"b"}');
  });

  it("keeps every value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value))),
      ),
    );
  });
});

describe("environmentKey", () => {
  it("is the same whatever order the packages are named in", () => {
    assert.equal(environmentKey(12, ["b==1", "a==2"], ""), environmentKey(12, ["a==2", "b==1"], ""));
  });

  it("differs by release, packages and requirements", () => {
    const keys = [
      environmentKey(12, [], ""),
      environmentKey(13, [], ""),
      environmentKey(12, ["a==1"], ""),
      environmentKey(12, [], "a==1\n"),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  it("is what Python derives from the same values", () => {
    const requirements = 'grüße==1 # "quoted" \\ \n';
    const program =
      "import hashlib,json,sys; v=json.load(sys.stdin); " +
      "print(hashlib.sha256(json.dumps([v[0],sorted(v[1]),v[2]],sort_keys=True,separators=(',',':'),ensure_ascii=False).encode()).hexdigest())";
    const key = execFileSync("python3", ["-c", program], {
      input: JSON.stringify([12, ["b==1", "a==2"], requirements]),
      encoding: "utf8",
    });
    assert.equal(key.trim(), environmentKey(12, ["b==1", "a==2"], requirements));
  });
});
