import assert from "node:assert/strict";
import { HostView } from "../../../../policies/reader/host-view";
import { readUserData } from "../../../../policies/reader/read-user-data";

const parts = (view: HostView) => view.parts.map(({ type, content, sourceLine }) => [type, content, sourceLine]);

describe("user data of Windows", () => {
  it("has a part for each script, in any case of letters", () => {
    const view = readUserData(
      "<persist>true</persist>\n<script>\ndir\n</script>\n<PowerShell>$a = 1</POWERSHELL>\n",
      "data",
    );
    assert.deepEqual(
      [view.problems, parts(view)],
      [
        [],
        [
          ["powershell", "$a = 1", 5],
          ["batch", "\ndir\n", 2],
        ],
      ],
    );
  });

  it("reports a tag that is not closed", () => {
    const view = readUserData("\n<powershell>\n$a = 1\n", "data");
    assert.deepEqual(
      view.problems.map(({ place, message }) => [place.line, message]),
      [[2, "has <powershell> without </powershell>, so the launch agent does not run it"]],
    );
  });
});
