import assert from "node:assert/strict";
import { machine, useMachine } from "./machine";

describe("a local machine", () => {
  const one = useMachine();

  it("boots to the end of cloud-init without an error", async () => {
    assert.deepEqual(await one.cloudInit(), []);
  });
});
