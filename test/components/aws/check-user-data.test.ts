import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { problemText } from "../../../components/app/problem";
import { serverUserDataProblems, UserDataForms } from "../../../components/aws/check-user-data";

const said = (forms: UserDataForms): string[] =>
  serverUserDataProblems(forms).map((problem) => `${problem.path}: ${problemText(problem)}`);
const packed = (text: string | Buffer): string => gzipSync(text).toString("base64");

describe("serverUserDataProblems", () => {
  it("has none for either form", () => {
    assert.deepEqual(said({ userData: "#cloud-config\n" }), []);
    assert.deepEqual(said({ userDataBase64: packed("#cloud-config\n") }), []);
  });

  it("asks for one of the two forms", () => {
    assert.deepEqual(said({}), ["userData: is missing; give one of userData and userDataBase64"]);
    assert.deepEqual(said({ userData: "#cloud-config\n", userDataBase64: packed("x") }), [
      "userData: is given beside userDataBase64; give one of userData and userDataBase64",
    ]);
  });

  it("refuses text that is longer than EC2 takes", () => {
    assert.deepEqual(said({ userData: "x".repeat(16_384) }), []);
    assert.match(said({ userData: "x".repeat(16_385) })[0]!, /^userData: is 16385 bytes, 1 more than the 16384/);
  });

  it("counts compressed user data as it is sent", () => {
    assert.deepEqual(said({ userDataBase64: packed("x".repeat(100_000)) }), []);
    assert.match(said({ userDataBase64: packed(randomBytes(17_000)) })[0]!, /^userDataBase64: is 17\d\d\d bytes/);
  });

  for (const [what, base64] of [
    ["plain text", Buffer.from("#cloud-config\n").toString("base64")],
    ["a cut end", gzipSync("#cloud-config\n").subarray(0, -6).toString("base64")],
    ["a bomb", packed(Buffer.alloc(64 * 1024 * 1024))],
  ] as const) {
    it(`refuses ${what} as compressed user data`, () => {
      assert.match(said({ userDataBase64: base64 })[0]!, /is not what gzip made, in base64/);
    });
  }
});
