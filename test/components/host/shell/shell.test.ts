import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { render, renderCommand } from "../../../../components/host/shell/render";
import { assign, command, expand, output, variable } from "../../../../components/host/shell/tree";
import { word } from "../../../../components/host/shell/word";
import { withCredentials } from "../../../../components/host/shell/with-credentials";

const anyText = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(..."'\"\\$`!*?[]{}()~#;&|<> \n\t-a"), { maxLength: 12 }).map((all) => all.join("")),
  )
  .filter((text) => !/[\0\p{Surrogate}]/u.test(text));

describe("shell text", () => {
  it("brings any words to a program as they are", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (words) => {
        const printed = execFileSync("/bin/sh", ["-c", renderCommand(command("printf", "%s\\0", ...words, "end"))]);
        assert.deepEqual(printed.toString().split("\0").slice(0, -1), [...words, "end"]);
      }),
      { numRuns: 60 },
    );
  });

  it("puts variables and outputs into one word, whatever they hold", () => {
    fc.assert(
      fc.property(anyText, anyText, (value, around) => {
        const script = render([
          assign("value", value),
          command(
            "printf",
            "%s\\0",
            expand(around, variable("value"), output(command("printf", "%s.", expand(variable("value"))))),
          ),
        ]);
        assert.equal(spawnSync("/bin/sh", ["-s"], { input: script }).stdout.toString(), `${around}${value}${value}.\0`);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses what no program can be given", () => {
    assert.throws(() => word("a\0b"), /a shell cannot carry NUL in "a\\u0000b"/);
    assert.throws(() => word("a\ud800"), /cannot carry half a character/);
    assert.throws(() => assign("a b", "x"), /"a b" is not the name of a shell variable/);
  });
});

describe("with-credentials", () => {
  let folder: string;
  let script: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "landfall-credentials-"));
    script = join(folder, "with-credentials");
    writeFileSync(script, render(withCredentials()), { mode: 0o755 });
  });

  after(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) =>
    spawnSync(script, args, { env: { CREDENTIALS_DIRECTORY: folder, PATH: process.env["PATH"] } });

  it("is this short script", () => {
    assert.equal(
      render(withCredentials()),
      [
        "#!/bin/sh",
        "set -eu",
        "# with-credentials VARIABLE=CREDENTIAL... -- PROGRAM ARGUMENT...",
        "# The program takes the place of this script: sockets and notices of systemd are for its process id.",
        `while test "\${1}" '!=' --; do`,
        `  landfall_pair="\${1}"`,
        `  landfall_value="$(cat -- "\${CREDENTIALS_DIRECTORY}/\${landfall_pair#*=}")"`,
        `  export "\${landfall_pair%%=*}=\${landfall_value}"`,
        "  shift",
        "done",
        "shift",
        `exec "\${@}"`,
        "",
      ].join("\n"),
    );
  });

  it("gives the program its secrets, and its arguments as they are", () => {
    writeFileSync(join(folder, "key"), "a $b 'c'\n\"d\\\n");
    writeFileSync(join(folder, "landfall_value"), "other");
    const args = [
      "KEY=key",
      "OTHER=landfall_value",
      "--",
      "/bin/sh",
      "-c",
      'printf "%s|%s|%s" "$KEY" "$OTHER" "$1"',
      "x",
      "-- $y",
    ];
    assert.equal(run(...args).stdout.toString(), "a $b 'c'\n\"d\\|other|-- $y");
  });

  it("shows the program nothing else", () => {
    const seen = run("KEY=key", "--", "/usr/bin/env").stdout.toString();
    assert.doesNotMatch(seen, /landfall_/);
  });

  it("keeps the process id, for which systemd's sockets are", () => {
    const child = spawnSync("/bin/sh", ["-c", `echo $$; exec "$0" KEY=key -- /bin/sh -c 'echo $$'`, script], {
      env: { CREDENTIALS_DIRECTORY: folder, PATH: process.env["PATH"] },
    });
    const [before, after] = child.stdout.toString().trim().split("\n");
    assert.equal(after, before);
  });

  it("does not start the program without the secret", () => {
    const result = run("KEY=none", "--", "/bin/echo", "started");
    assert.notEqual(result.status, 0);
    assert.equal(result.stdout.toString(), "");
  });
});
