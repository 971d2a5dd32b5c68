import assert from "node:assert/strict";
import fc from "fast-check";
import { attempt, CommandError, redact, run } from "../../../../components/local/machine/command";
import { mountPoints } from "../../../../components/local/machine/mounts";

describe("run", () => {
  it("returns what the program wrote", async () => {
    assert.equal(await run(["cat"], { stdin: "text" }), "text");
  });

  it("fails with the end of what the program said, without credentials", async () => {
    await assert.rejects(run(["sh", "-c", "echo fetching https://me:secret@mirror/x >&2; exit 3"]), (error: Error) => {
      assert.match(error.message, /ended with status 3:\n {2}fetching https:\/\/\*\*\*@mirror\/x/);
      return error instanceof CommandError;
    });
  });

  it("ends a program that takes too long", async () => {
    await assert.rejects(run(["sleep", "60"], { timeoutSeconds: 0.1 }), /did not end within 0.1 s/);
  });

  it("says which program is missing", async () => {
    await assert.rejects(run(["no-such-program"]), /no-such-program cannot be started/);
  });
});

describe("attempt", () => {
  it("does not mind a program that leaves its input unread", async () => {
    assert.equal((await attempt(["true"], { stdin: "x".repeat(1_000_000) })).code, 0);
  });

  it("hands over lines as they come", async () => {
    const lines: string[] = [];
    await attempt(["printf", "a\nb\nc"], { onLine: (line) => lines.push(line) });
    assert.deepEqual(lines, ["a", "b"]);
  });
});

describe("redact", () => {
  it("leaves no password of a URL", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{6,12}$/);
    fc.assert(
      fc.property(word, word, (user, password) => {
        assert.equal(redact(`see http://${user}:${password}@host/path`), "see http://***@host/path");
      }),
    );
  });
});

describe("mountPoints", () => {
  it("reads paths with spaces", () => {
    const line = "36 35 98:0 / /srv/my\\040folder rw,noatime - ext4 /dev/root rw\n";
    assert.deepEqual(mountPoints(line), ["/srv/my folder"]);
  });
});
