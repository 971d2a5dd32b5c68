import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";

const program = join(__dirname, "../../../../components/host/logs/landfall-logs.py");

describe("landfall-logs", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "landfall-logs-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Merges files of these lines. */
  function merge(files: readonly (readonly string[])[], ...options: string[]): { lines: string[]; said: string } {
    const names = files.map((lines, index) => {
      const name = join(folder, `${index}.log`);
      writeFileSync(name, lines.map((line) => `${line}\n`).join(""));
      return name;
    });
    const { stdout, stderr } = spawnSync("python3", [program, ...options, ...names], { encoding: "utf8" });
    return { lines: stdout === "" ? [] : stdout.trimEnd().split("\n"), said: stderr };
  }

  // The request log of Gramex, as its documentation shows it.
  const gramex = [
    "1519100063656,220.227.50.9,user1@masked.com,304,1,GET,/images/bookmark.png,",
    "1519100063680,106.209.240.105,user2@masked.com,304,55,GET,/bookmark_settings?mode=display,",
    "1519100063678,220.227.50.9,user3@masked.com,304,1,GET,/images/filters-toggler.png,",
  ];

  it("puts the requests of several instances of Gramex in order", () =>
    assert.deepEqual(merge([gramex]), { lines: [gramex[0], gramex[2], gramex[1]], said: "" }));

  it("puts the logs of several instances together", () => {
    const other = ["1519100063657,::1,,200,9,GET,/a,", "1519100063679,::1,,200,9,GET,/b,"];
    assert.deepEqual(merge([gramex, other]).lines, [gramex[0], other[0], gramex[2], other[1], gramex[1]]);
  });

  it("knows the times of all kinds of logs", () => {
    const lines = [
      '{"id":"a","time":"2026-11-22T03:23:01+00:00"}',
      '{"ts":1795317782.5,"msg":"caddy"}',
      '10.0.0.1 - - [22/Nov/2026:04:23:03 +0100] "GET / HTTP/1.1" 200 1 "-" "-"',
      "2026-11-22 03:23:04,250 INFO app started",
      "[2026-11-22 04:23:05 +0100] [7] [INFO] Listening",
      "2026-11-22T03:23:06.5Z done",
      "1795317787 short",
      "1795317788123,::1,,200,1,GET,/,",
    ];
    assert.deepEqual(merge([...lines].reverse().map((line) => [line])), { lines, said: "" });
    assert.deepEqual(merge([[...lines].reverse()]), { lines, said: "" });
  });

  it("takes times without an offset for those it is told", () => {
    const lines = ["2026-11-22 08:53:04 INFO in India", "2026-11-22T03:23:05Z"];
    assert.deepEqual(merge([[lines[1]!], [lines[0]!]], "--utc-offset=+05:30").lines, lines);
  });

  it("keeps lines of the same time in the order of files and lines", () => {
    const of = (name: string): string[] => [1, 2, 3].map((number) => `1795317787000,${name}${number}`);
    assert.deepEqual(merge([of("a"), of("b"), of("c")]).lines, [...of("a"), ...of("b"), ...of("c")]);
  });

  it("leaves a traceback behind the line that it belongs to", () => {
    const failed = ["2026-11-22 03:23:04,250 ERROR it failed", "Traceback (most recent call last):", "  1795317787, x"];
    const other = ["2026-11-22 03:23:04,200 a", "2026-11-22 03:23:04,300 b"];
    assert.deepEqual(merge([failed, other]).lines, [other[0], ...failed, other[1]]);
  });

  it("prints all lines, and says how many came too late", () => {
    const lines = ["1795317787,a", "1795317900,b", "1795317901,c", "1795317700,late", "1795317902,d"];
    const { lines: printed, said } = merge([lines], "--window=10");
    assert.deepEqual([...printed].sort(), [...lines].sort());
    assert.match(said, /1 lines came too late to be in order; give a longer --window/);
    assert.deepEqual(merge([lines], "--window=300").lines[0], "1795317700,late");
  });

  it("reads what was compressed, and standard input", () => {
    writeFileSync(join(folder, "old.log.2.gz"), gzipSync("1795317787,old\n"));
    const given = { input: "1795317786,given", encoding: "utf8" } as const;
    const { stdout } = spawnSync("python3", [program, join(folder, "old.log.2.gz"), "-"], given);
    assert.equal(stdout, "1795317786,given\n1795317787,old\n");
  });

  it("says which file it cannot read", () => {
    const { status, stderr } = spawnSync("python3", [program, join(folder, "none.log")], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /No such file or directory: .*none\.log/);
  });

  it("sorts any logs whose lines are no further out of order than it waits", () => {
    const file = fc.array(fc.nat(5000), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (files) => {
        const lines = files.map((times, index) =>
          times.map((time, place) => `${1795317787000 + time},${index}.${place}`),
        );
        const sorted = lines
          .flat()
          .map((line, index) => ({ line, index, time: Number(line.slice(0, 13)) }))
          .sort((a, b) => a.time - b.time || a.index - b.index)
          .map(({ line }) => line);
        assert.deepEqual(merge(lines, "--window=6"), { lines: sorted, said: "" });
      }),
      { numRuns: 15 },
    );
  });

  it("keeps no more in memory than it waits for", () => {
    const script = `
import resource, subprocess, sys
writer = "for n in range(300000): print(1795317787000 + n * 100, ',' + 'x' * 100, sep='')"
made = subprocess.Popen([sys.executable, "-c", writer], stdout=subprocess.PIPE)
subprocess.run([sys.executable, sys.argv[1], "--window=5", "-"], stdin=made.stdout, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
`;
    const { stdout } = spawnSync("python3", ["-c", script, program], { encoding: "utf8" });
    assert.ok(Number(stdout) > 0 && Number(stdout) < 20_000, `${stdout} KiB`); // of 34 MB
  });
});
