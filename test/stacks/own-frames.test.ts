import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

const file = require.resolve("../../stacks/own-frames");

describe("stacks of errors in a stack's program", () => {
  const before = Error.prepareStackTrace;
  const load = (): void => {
    delete require.cache[file];
    require(file);
  };
  afterEach(() => {
    Error.prepareStackTrace = before;
  });

  const stackOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      return (error as Error).stack ?? "";
    }
    return assert.fail("nothing was thrown");
  };

  it("name the program's own lines, not those of libraries", () => {
    const throwing = (): unknown => new pulumi.Config("site").require("domain");
    Error.prepareStackTrace = (error, frames) =>
      [String(error), ...frames.map((frame) => frame.getFileName())].join("\n");
    assert.match(stackOf(throwing), /node_modules/);
    load();
    const stack = stackOf(throwing);
    assert.doesNotMatch(stack, /node_modules/);
    assert.ok(stack.includes(__filename), stack);
  });

  it("are left alone where nothing maps them", () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    load();
    assert.equal(Error.prepareStackTrace, undefined);
  });
});
