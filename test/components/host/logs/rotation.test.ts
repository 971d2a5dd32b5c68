import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { LogPeriod, LogRotation } from "../../../../components/app/web-logs";
import { logrotateWord, plain, renderRotation, script } from "../../../../components/host/logs/logrotate";
import { apacheLogs, nginxLogs, rotation } from "../../../../components/host/logs/rotation";
import { logrotateProgram } from "../debian-program";
import { assertGolden } from "../golden";

describe("how logs are put aside", () => {
  it("is in the place of what Debian's nginx brings, so that it happens once", () =>
    assert.equal(rotation(nginxLogs).path, "/etc/logrotate.d/nginx"));

  it("is the file that was read in review", () =>
    assertGolden(join(__dirname, "golden/nginx"), rotation(nginxLogs).content));

  it("is as it is said", () => {
    const { content } = rotation(nginxLogs, { every: LogPeriod.Weekly, keep: 3, compress: false });
    assert.match(content, /^ +weekly\n +rotate 3\n(?!.*^ +(?:delay)?compress$)/m);
    assert.match(content, /nocompress/);
  });

  it("is told to another program by a reload", () => {
    const { path, content } = rotation(apacheLogs);
    assert.equal(path, "/etc/logrotate.d/apache2");
    assert.match(content, /^\/var\/log\/apache2\/\*\.log \{/);
    assert.match(content, /systemctl reload apache2\.service\n/);
  });

  describe("by a real logrotate", function () {
    this.timeout(120_000); // the package may have to be fetched
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "landfall-rotation-"));
      mkdirSync(join(folder, "bin"));
      // The host's systemctl, which says what it was told.
      writeFileSync(join(folder, "bin/systemctl"), `#!/bin/sh\necho "$@" >> ${folder}/told\n`);
      chmodSync(join(folder, "bin/systemctl"), 0o755);
      mkdirSync(join(folder, "logs"), { mode: 0o755 });
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    function rotate(rotated: LogRotation = {}, times = 1): string[] {
      const { program, env } = logrotateProgram();
      const owner = process.getuid?.() === 0 ? "root" : execFileSync("id", ["-un"], { encoding: "utf8" }).trim();
      const group = execFileSync("id", ["-gn"], { encoding: "utf8" }).trim();
      const logs = { ...nginxLogs, folder: join(folder, "logs"), owner, group };
      writeFileSync(join(folder, "rotation"), rotation(logs, rotated).content, { mode: 0o644 });
      for (let time = 0; time < times; time++) {
        writeFileSync(join(folder, "logs/access.log"), `${time}\n`);
        writeFileSync(join(folder, "logs/www.example.com.access.log"), `${time}\n`);
        execFileSync(program, ["--force", "--state", join(folder, "state"), join(folder, "rotation")], {
          stdio: "pipe",
          env: { ...env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}` },
        });
      }
      return readdirSync(join(folder, "logs")).sort();
    }

    it("leaves the latest as it is, compresses those before and forgets the oldest", () => {
      const kept = ["", ".1", ".2.gz", ".3.gz"];
      const names = ["access.log", "www.example.com.access.log"];
      assert.deepEqual(
        rotate({ keep: 3 }, 6),
        names.flatMap((name) => kept.map((end) => name + end)),
      );
    });

    it("has nginx open its files anew, once for all of them", () => {
      rotate();
      assert.deepEqual(
        execFileSync("cat", [join(folder, "told")], { encoding: "utf8" })
          .trim()
          .split("\n"),
        ["is-active --quiet nginx.service", "kill --kill-whom=main --signal=USR1 nginx.service"],
      );
    });

    it("gets any folder as it is, or is refused it", () => {
      const { program, env } = logrotateProgram();
      const names = fc.oneof(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
        fc.string({ unit: fc.constantFrom(..."ab \u00fc%@:=,+-_*?"), minLength: 1, maxLength: 8 }),
        fc
          .array(fc.constantFrom(..."{}\"'\\#$ \tab*?[];\n"), { minLength: 1, maxLength: 8 })
          .map((all) => all.join("")),
      );
      let carried = 0;
      fc.assert(
        fc.property(names, (name) => {
          const path = join("/nowhere", name.replaceAll("/", ""), "a.log");
          let text: string;
          try {
            text = renderRotation(path, [plain("rotate", 3), plain("missingok")]);
          } catch (error) {
            assert.match(String(error), /logrotate cannot carry/);
            return;
          }
          writeFileSync(join(folder, "any"), text, { mode: 0o644 });
          const { stderr, status } = spawnSync(
            program,
            ["--debug", "--state", join(folder, "s"), join(folder, "any")],
            {
              env,
              encoding: "utf8",
            },
          );
          assert.equal(status, 0, stderr);
          const said = /rotating pattern: (.*?) {1,2}(?:forced|\d|after|monthly|weekly|daily)/s.exec(stderr)?.[1];
          assert.equal(said?.replace(/^"|"$/g, ""), path, stderr);
          carried++;
        }),
        { numRuns: 60 },
      );
      assert.ok(carried > 5);
    });
  });

  it("refuses words that would end a directive", () => {
    for (const word of ["a\nb", 'a"b', "a\\b", "", "a'b"]) assert.throws(() => logrotateWord(word), /cannot carry/);
  });

  it("refuses lines that would end a script", () => {
    assert.throws(
      () => script("postrotate", "true") && renderRotation("/a", [script("postrotate", " endscript")]),
      /cannot/,
    );
    assert.throws(() => renderRotation("/a", [script("postrotate", "a\nb")]), /cannot have the line/);
  });
});
