import assert from "node:assert/strict";
import { atLeast, guest } from "../../../components/host/guest";

describe("guest", () => {
  it("knows what Debian 12 and 13 ship", () => {
    assert.deepEqual(
      [guest(12), guest(13)].map(({ nginx, systemd }) => [nginx, systemd]),
      [
        ["1.22.1", "252"],
        ["1.26.3", "257"],
      ],
    );
  });

  it("names the releases there are for one that is not", () => {
    assert.throws(() => guest(11), /debian 11 is not a release Landfall renders for; use 12 or 13/);
  });
});

describe("atLeast", () => {
  const table: [version: string, minimum: string, expected: boolean][] = [
    ["1.22.1", "1.25.1", false],
    ["1.26.3", "1.25.1", true],
    ["1.25.1", "1.25.1", true],
    ["3.0", "3.5", false],
    ["3.10", "3.5", true],
    ["257", "254", true],
    ["2", "2.0.1", false],
  ];
  for (const [version, minimum, expected] of table) {
    it(`${version} is ${expected ? "" : "not "}at least ${minimum}`, () =>
      assert.equal(atLeast(version, minimum), expected));
  }
});
