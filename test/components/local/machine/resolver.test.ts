import assert from "node:assert/strict";
import { machineResolver } from "../../../../components/local/machine/resolver";

describe("machineResolver", () => {
  it("passes on the computer's name servers", () => {
    assert.equal(
      machineResolver(["# by hand\nnameserver 192.0.2.53\nsearch example.com\noptions edns0\n"]),
      "nameserver 192.0.2.53\nsearch example.com\n",
    );
  });

  it("looks behind a resolver on the loopback address", () => {
    assert.equal(machineResolver(["nameserver 127.0.0.53\n", "nameserver 192.0.2.53\n"]), "nameserver 192.0.2.53\n");
  });

  it("is empty where no server can be reached", () => {
    assert.equal(machineResolver(["nameserver ::1\n", ""]), "");
  });
});
