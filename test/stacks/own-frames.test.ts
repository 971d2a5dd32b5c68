import assert from "node:assert/strict";
import { dirname, join } from "node:path";
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

  it("tell the engine which line of a stack asked for a resource, and map it once and no other", () => {
    const frame = (name: string, fileName: string, line = 7) =>
      ({
        getFunctionName: () => name,
        getFileName: () => fileName,
        getLineNumber: () => line,
        getColumnNumber: () => 9,
      }) as NodeJS.CallSite;
    const mapped: (string | undefined)[] = [];
    Error.prepareStackTrace = (error, frames) => {
      mapped.push(...frames.map((one) => one.getFileName() ?? undefined));
      const lines = frames.map(
        (one) => `    at ${one.getFunctionName()} (${one.getFileName()}:${one.getLineNumber()}:9)`,
      );
      return [String(error), ...lines].join("\n");
    };
    load();
    const own = join(dirname(file), "dev.ts");
    const frames = (line: number) => [
      ...["callsites", "stackTrace", "Resource", "CustomResource"].map((name) =>
        frame(name, "/node_modules/pulumi.js"),
      ),
      frame("Bucket", "/node_modules/s3.js"),
      frame("Store", "/components/aws/store.ts"),
      frame("dev", own, line),
    ];
    const told = (line: number): string[] =>
      String(Error.prepareStackTrace?.(new Error(""), frames(line)))
        .split("\n")
        .slice(6);
    assert.deepEqual([told(7), mapped], [[`    at dev (${own}:7:9)`], [own]]);
    assert.deepEqual([told(8), told(7), mapped.length], [[`    at dev (${own}:8:9)`], [`    at dev (${own}:7:9)`], 2]);
  });

  it("are left alone where nothing maps them", () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    load();
    assert.equal(Error.prepareStackTrace, undefined);
  });
});
