import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { BornWith, machineKey } from "../../../components/aws/machine-key";

const store = { bucketName: "landfall-dev-web-0123456789ab", parameters: "/landfall/demo/dev/web" };
const server: BornWith = { debian: 12, instanceType: "t3.small", userData: "#cloud-config\n", store };
const inline = (text: string, level: number): BornWith => ({
  debian: 12,
  instanceType: "t3.small",
  userDataBase64: gzipSync(text, { level }).toString("base64"),
});

describe("machineKey", () => {
  const others: [string, Partial<BornWith>][] = [
    ["Debian release", { debian: 13 }],
    ["architecture", { instanceType: "t4g.small" }],
    ["store", { store: { ...store, bucketName: "another" } }],
    ["key for SSH", { ssh: { sources: ["10.0.0.0/8"] } }],
    ["generation", { generation: 2 }],
  ];
  for (const [what, change] of others) {
    it(`is another one for another ${what}`, () => {
      assert.notEqual(machineKey({ ...server, ...change }), machineKey(server));
    });
  }

  it("stays for another size of the same architecture, another bootstrap and other networks of SSH", () => {
    const withSsh = { ...server, ssh: { sources: ["10.0.0.0/8"] } };
    assert.equal(machineKey({ ...server, instanceType: "m7i.large" }), machineKey(server));
    assert.equal(machineKey({ ...server, userData: "#cloud-config\n# newer\n" }), machineKey(server));
    assert.equal(machineKey({ ...withSsh, ssh: { sources: ["192.168.0.0/16"] } }), machineKey(withSsh));
    assert.equal(machineKey({ ...server, generation: 1 }), machineKey(server));
  });

  it("is another one for other user data when that is all the machine gets", () => {
    assert.notEqual(machineKey(inline("one", 9)), machineKey(inline("two", 9)));
  });

  it("does not depend on how user data was compressed", () => {
    const text = "plan ".repeat(500);
    assert.notEqual(inline(text, 9).userDataBase64, inline(text, 1).userDataBase64);
    assert.equal(machineKey(inline(text, 9)), machineKey(inline(text, 1)));
  });
});
