import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { ChangeEffect, changeEffect } from "../../../components/aws/change-effect";
import { BornWith, machineKey } from "../../../components/aws/machine-key";

const server: BornWith = { debian: 12, instanceType: "t3.small", userData: "one" };

// What the engine makes of a change to each property is in test/engine/aws-server.test.ts.
describe("changeEffect", () => {
  const born: Required<BornWith> = {
    debian: 13,
    instanceType: "t4g.small",
    userData: "other",
    userDataBase64: gzipSync("packed").toString("base64"),
    store: { bucketName: "other" },
    ssh: {},
    generation: 2,
  };
  for (const [property, value] of Object.entries(born)) {
    it(`tells of a new machine by ${property}, which machines are born with`, () => {
      assert.notEqual(machineKey({ ...server, [property]: value }), machineKey(server));
      assert.equal(changeEffect(property as keyof BornWith), ChangeEffect.NewMachine);
    });
  }
});
