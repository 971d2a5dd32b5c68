import assert from "node:assert/strict";
import { packagesFor, unsupportedReason, type Computer } from "../../../../components/local/machine/supported";

const fit: Computer = { platform: "linux", root: true, sudo: false, privileged: true, missingPrograms: [], apt: true };

describe("unsupportedReason", () => {
  it("has none for a Linux computer where apt can install what is missing", () => {
    assert.equal(unsupportedReason({ ...fit, missingPrograms: ["nft"] }), undefined);
  });

  it("takes sudo in place of root", () => {
    assert.equal(unsupportedReason({ ...fit, root: false, sudo: true }), undefined);
  });

  for (const [what, computer, reason] of [
    ["macOS", { ...fit, platform: "darwin" }, /containers of Linux, and this is darwin/],
    ["neither root nor sudo", { ...fit, root: false }, /need root, and there is no sudo/],
    ["an ordinary container", { ...fit, privileged: false }, /may not mount/],
    ["no apt", { ...fit, apt: false, missingPrograms: ["nft", "ip"] }, /nft, ip \(packages iproute2, nftables\)/],
  ] as const) {
    it(`says why not with ${what}, and names the other ways`, () => {
      const message = unsupportedReason({ ...computer, missingPrograms: [...computer.missingPrograms] }) ?? "";
      assert.match(message, reason);
      assert.match(message, /ServerSite/);
    });
  }
});

describe("packagesFor", () => {
  it("names each package once", () => {
    assert.deepEqual(packagesFor(["ip", "ss", "systemd-nspawn"]), ["iproute2", "systemd-container"]);
  });
});
