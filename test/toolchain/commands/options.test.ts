import assert from "node:assert/strict";
import { type Option, parseOptions, UsageError } from "../../../toolchain/commands/options";

const options: Record<string, Option> = {
  json: { describe: "as JSON" },
  stack: { describe: "the stack", value: "NAME", choices: ["dev", "local"] },
};

describe("parseOptions", () => {
  it("reads switches and values, however the value is attached", () => {
    for (const argv of [
      ["--json", "--stack", "dev"],
      ["--stack=dev", "--json"],
    ]) {
      const parsed = parseOptions("status", options, argv);
      assert.deepEqual([...parsed.switches], ["json"]);
      assert.deepEqual(parsed.values, { stack: "dev" });
      assert.deepEqual(parsed.positionals, []);
    }
  });

  it("names every choice when an option is unknown", () => {
    for (const word of ["--jsn", "-j", "--constructor"]) {
      assert.throws(
        () => parseOptions("status", options, [word]),
        (error) =>
          error instanceof UsageError &&
          [word, "status", "--json", "--stack NAME", "dev, local"].every((part) => error.message.includes(part)),
      );
    }
  });

  it("names the values that an option may have", () => {
    assert.throws(() => parseOptions("preview", options, ["--stack", "prod"]), {
      message: /'preview' does not know NAME 'prod'; choose one of: dev, local/,
    });
  });

  it("refuses a value that is missing or too many", () => {
    assert.throws(() => parseOptions("preview", options, ["--stack"]), { message: /needs a value for '--stack'/ });
    assert.throws(() => parseOptions("status", options, ["--json=yes"]), { message: /takes no value for '--json'/ });
    assert.throws(() => parseOptions("status", options, ["web"]), { message: /'status' takes no 'web'/ });
    assert.throws(() => parseOptions("status", options, ["--", "web"]), { message: /'status' takes no 'web'/ });
  });

  it("leaves what follows the first word to that word", () => {
    const words = (argv: string[]): string[] => parseOptions("shell", {}, argv, "MACHINE").positionals;
    assert.deepEqual(words(["web", "ls", "--all"]), ["web", "ls", "--all"]);
    assert.deepEqual(words(["web", "--", "ls", "--", "-x"]), ["web", "ls", "--", "-x"]);
    assert.deepEqual(words(["--", "web", "ls", "-l"]), ["web", "ls", "-l"]);
    assert.deepEqual(words([]), []);
  });
});
