import assert from "node:assert/strict";
import { python } from "./python";

const script = `
from landfall_apply.proofs import resolve_proofs
from landfall_apply.report import Failure, Redactor

class Given:
    def parameter(self, name):
        return given["values"].get(name, "").encode() or None

class Shown:
    redactor = Redactor()

plan = {"proofs": [{"header": "X-Proof", "path": "/etc/landfall/proofs/x-proof.conf", "parameter": "proofs/x-proof"}]}
try:
    files = resolve_proofs(plan if given["asked"] else {}, Given(), Shown)
    result = [[f.path, f.content.decode(), oct(f.mode), f.uid, f.effect, f.units, f.sensitive, f.kept] for f in files]
    shown = Shown.redactor.clean(" ".join(f.content.decode() for f in files))
    result.append(shown)
except Failure as failure:
    result = str(failure)
`;
const current = "Current_secret-0123456789abcdef01";
const previous = "previous-secret-0123456789abcdef0";
const resolved = (value?: unknown, asked = true): unknown => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return python(script, { asked, values: value === undefined ? {} : { "proofs/x-proof": text } });
};

describe("what proves a hop", () => {
  it("becomes a file that only root reads, that nginx reloads for, and that is never shown", () => {
    const file = ["/etc/landfall/proofs/x-proof.conf", `"~^${current}$" 1;\n`, "0o600", 0];
    const [found, shown] = resolved({ current }) as [unknown, string];
    assert.deepEqual(found, [...file, "reload", ["nginx.service"], true, false]);
    assert.ok(!shown.includes(current), shown);
  });

  it("is two values while one replaces the other", () => {
    const [[, content]] = resolved({ current, previous }) as [[string, string]];
    assert.equal(content, `"~^${current}$" 1;\n"~^${previous}$" 1;\n`);
  });

  it("is nothing on a host whose hops prove nothing", () => assert.deepEqual(resolved(undefined, false), [""]));

  it("has to be there", () =>
    assert.equal(
      resolved(),
      "no value for proofs/x-proof, by which what stands in front of the host proves itself; set it",
    ));

  const wrong: Record<string, unknown> = {
    "no JSON": "hunter2",
    "no object": [current],
    "without a current one": { previous },
    "too short": { current: "hunter2-0123456789abcdef0123456" },
    "too long": { current: `hunter2${"a".repeat(122)}` },
    "with what nginx reads otherwise": { current: `hunter2";}${"a".repeat(32)}` },
    "with a pattern": { current: `hunter2.*${"a".repeat(32)}` },
    "with a line's end": { current: `hunter2${"a".repeat(32)}\n` },
    "with letters of other scripts": { current: `hunter2ä${"a".repeat(32)}` },
    "no text": { current: 7 },
    "right but for the previous one": { current, previous: "hunter2" },
  };
  for (const [what, value] of Object.entries(wrong)) {
    it(`is refused when it is ${what}, and not shown`, () => {
      const said = resolved(value);
      assert.match(
        String(said),
        /^parameter proofs\/x-proof is not a JSON object with the text `current`, .* underscores$/,
      );
      assert.doesNotMatch(String(said), /hunter2/);
    });
  }
});
