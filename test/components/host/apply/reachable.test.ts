import assert from "node:assert/strict";

import { reachable } from "../../../../components/host/apply/reachable";

describe("what a program needs of itself", () => {
  it("is what it does, and the definitions that this leads to", () => {
    const program = `#!/usr/bin/python3
A = 1
B = 2
def used(x):
 return A + x
def unused():
 return B
class Kept:
 def go(self):
  return used(1)
Kept().go()
`;
    assert.equal(
      reachable(program),
      `#!/usr/bin/python3
A = 1
def used(x):
 return A + x
class Kept:
 def go(self):
  return used(1)
Kept().go()
`,
    );
  });

  it("leaves out modules that nothing uses, and names each only once", () => {
    const program = "import os\nimport sys\nfrom dataclasses import dataclass\nimport os\nos.abort()\n";
    assert.equal(reachable(program), "import os\nos.abort()\n");
  });

  it("takes no word of a string for a name, but for what is put into one", () => {
    const program = 'def a():\n pass\ndef b():\n pass\nprint("a", f"{b()}")\n';
    assert.equal(reachable(program), 'def b():\n pass\nprint("a", f"{b()}")\n');
  });

  it("keeps a class with what stands above it", () => {
    const program = "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n a: int\nprint(A(1))\n";
    assert.equal(reachable(program), program);
  });

  it("keeps all of a definition that goes over several lines", () => {
    const program = 'PAIR = (\n "a",\n)\nOTHER = """\n"""\nprint(PAIR)\n';
    assert.equal(reachable(program), 'PAIR = (\n "a",\n)\nprint(PAIR)\n');
  });
});
