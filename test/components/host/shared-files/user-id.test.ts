import assert from "node:assert/strict";
import fc from "fast-check";
import { App } from "../../../../components/app/app";
import { sharedUserId, sharedUserIds, userIdProblems } from "../../../../components/host/shared-files/user-id";

const sharing = (name: string): App => ({
  name,
  source: { directory: name },
  process: { command: ["run"] },
  sharedData: ["uploads"],
});

/** Two names with the same id, found by trying. */
function twins(): [string, string] {
  const owners = new Map<number, string>();
  for (let number = 0; ; number++) {
    const name = `app-${number}`;
    const owner = owners.get(sharedUserId(name));
    if (owner !== undefined) return [owner, name];
    owners.set(sharedUserId(name), name);
  }
}

describe("the id of a user whose files machines share", () => {
  it("never changes: it owns files", () => {
    assert.deepEqual(["album", "shop"].map(sharedUserId), [98513, 85107]);
  });

  it("lies where neither Debian nor systemd gives any", () => {
    assert.deepEqual([sharedUserIds.first, sharedUserIds.first + sharedUserIds.count], [70_000, 100_000]);
    fc.assert(
      fc.property(fc.string(), (name) => {
        const id = sharedUserId(name);
        assert.ok(Number.isInteger(id) && id >= 70_000 && id < 100_000);
      }),
    );
  });

  it("is that of one app only, else both are told", () => {
    const [one, other] = twins();
    const problems = userIdProblems([sharing(one), sharing("album"), sharing(other)]);
    assert.deepEqual(problems, [
      {
        path: "apps[2].name",
        value: other,
        reason: `gives its files to user ${sharedUserId(one)}, and so does "${one}"`,
        fix: "give one of them another name",
      },
    ]);
  });

  it("does not matter to apps that share nothing", () => {
    const [one, other] = twins();
    assert.deepEqual(userIdProblems([sharing(one), { ...sharing(other), sharedData: [] }]), []);
  });
});
