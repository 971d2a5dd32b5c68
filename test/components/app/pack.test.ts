import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { extract, list } from "tar";
import { PackError, packDirectory, PackOptions } from "../../../components/app/pack";

describe("packDirectory", () => {
  const folders: string[] = [];

  function folder(files: Record<string, string | Buffer> = {}): string {
    const path = mkdtempSync(join(tmpdir(), "landfall-pack-"));
    folders.push(path);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    return path;
  }

  /** Names, types and modes of an archive, in its order. */
  function entries(archive: Buffer): string[] {
    const found: string[] = [];
    const reader = list({
      sync: true,
      onReadEntry: (entry) => found.push(`${entry.path} ${entry.type} ${entry.mode?.toString(8)}`),
    });
    reader.end(archive);
    return found;
  }

  function unpack(archive: Buffer): string {
    const path = folder();
    const writer = extract({ sync: true, cwd: path, preserveOwner: false });
    writer.end(archive);
    return path;
  }

  function problemsOf(path: string, options?: PackOptions): string[] {
    try {
      packDirectory(path, options);
    } catch (error) {
      if (error instanceof PackError) return error.problems.map((problem) => `${problem.path}: ${problem.reason}`);
      throw error;
    }
    return [];
  }

  afterEach(() => {
    for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  it("gives equal archives for equal contents, whatever the times, modes and order of making", () => {
    const one = folder({ "a.txt": "a", "b/c.txt": "c" });
    const other = folder({ "b/c.txt": "c", "a.txt": "a" });
    chmodSync(join(other, "a.txt"), 0o600);
    chmodSync(join(other, "b"), 0o700);
    utimesSync(join(other, "a.txt"), 1, 1);
    assert.deepEqual(packDirectory(one), packDirectory(other));
  });

  it("gives another digest when a byte, a name or the executable bit changes", () => {
    const digests = [
      packDirectory(folder({ "a.txt": "a" })),
      packDirectory(folder({ "a.txt": "b" })),
      packDirectory(folder({ "b.txt": "a" })),
      (() => {
        const path = folder({ "a.txt": "a" });
        chmodSync(join(path, "a.txt"), 0o755);
        return packDirectory(path);
      })(),
    ].map((packed) => packed.digest);
    assert.equal(new Set(digests).size, 4);
  });

  it("lists folders before what they hold, in byte order, with plain modes", () => {
    const path = folder({ "b/run.sh": "#!", "b/a.txt": "", "B.txt": "", "ä.txt": "", "a/x/y": "" });
    chmodSync(join(path, "b/run.sh"), 0o700);
    assert.deepEqual(entries(packDirectory(path).archive), [
      "B.txt File 644",
      "a/ Directory 755",
      "a/x/ Directory 755",
      "a/x/y File 644",
      "b/ Directory 755",
      "b/a.txt File 644",
      "b/run.sh File 755",
      "ä.txt File 644",
    ]);
  });

  it("keeps empty folders", () => {
    const path = folder();
    mkdirSync(join(path, "empty"));
    assert.deepEqual(entries(packDirectory(path).archive), ["empty/ Directory 755"]);
  });

  it("names the archive by what it holds uncompressed, and counts files and bytes", () => {
    const packed = packDirectory(folder({ "a.txt": "abc", "b/c.txt": "de" }));
    const hash = execFileSync("sha256sum", { input: gunzipSync(packed.archive), encoding: "utf8" });
    assert.equal(packed.digest, hash.slice(0, 64));
    assert.deepEqual([packed.files, packed.bytes], [2, 5]);
  });

  it("gives each content a time of its own, so that an edit of the same size is seen", () => {
    const time = (content: string) =>
      statSync(join(unpack(packDirectory(folder({ "a.txt": content })).archive), "a.txt")).mtimeMs;
    assert.equal(time("one"), time("one"));
    assert.notEqual(time("one"), time("two"));
    assert.ok(time("one") < Date.UTC(2020, 0));
  });

  it("is read by the system's own tar", () => {
    const path = folder({ "plain.txt": "a", [`${"deep/".repeat(30)}long.txt`]: "b", "ünïcode 🚀.txt": "c" });
    const unpacked = folder();
    execFileSync("tar", ["xz", "-C", unpacked], { input: packDirectory(path).archive });
    assert.equal(execFileSync("diff", ["-r", path, unpacked], { encoding: "utf8" }), "");
  });

  it("keeps every name and content", () => {
    const name = fc
      .stringMatching(/^[A-Za-z0-9äöü €'"$;%*-]{1,120}$/)
      .filter((text) => !/^[ -]|\.pyc$|^venv$/.test(text) && Buffer.byteLength(text) < 250);
    fc.assert(
      fc.property(fc.dictionary(name, fc.uint8Array({ maxLength: 2000 }), { minKeys: 1, maxKeys: 4 }), (files) => {
        const contents = Object.fromEntries(Object.entries(files).map(([key, bytes]) => [key, Buffer.from(bytes)]));
        const unpacked = unpack(packDirectory(folder(contents)).archive);
        for (const [key, bytes] of Object.entries(contents)) assert.deepEqual(readFileSync(join(unpacked, key)), bytes);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves out what tools leave behind", () => {
    const path = folder({
      "app.py": "",
      "__pycache__/app.pyc": "",
      "a.pyc": "",
      ".git/HEAD": "",
      "node_modules/x/y": "",
      "lib/.venv/z": "",
    });
    assert.deepEqual(entries(packDirectory(path).archive), ["app.py File 644", "lib/ Directory 755"]);
  });

  it("leaves out what it is told to, instead", () => {
    const path = folder({ "a.log": "", "b.lag": "", "c.txt": "", "x[1].md": "", ".git/HEAD": "", "sub/a.log": "" });
    const { archive } = packDirectory(path, { exclude: ["*.l[ao]g", "x[[]1].md", "?.txt"] });
    assert.deepEqual(entries(archive), [".git/ Directory 755", ".git/HEAD File 644", "sub/ Directory 755"]);
  });

  it("takes the signs of patterns other than globs as they are", () => {
    const path = folder({ "a.b": "", axb: "", "a+": "", "(c)": "" });
    assert.deepEqual(entries(packDirectory(path, { exclude: ["a.b", "a+", "(c)"] }).archive), ["axb File 644"]);
  });

  it("keeps links that stay inside", () => {
    const path = folder({ "a/file": "x" });
    symlinkSync("../a/file", join(path, "a/link"));
    assert.equal(readlinkSync(join(unpack(packDirectory(path).archive), "a/link")), "../a/file");
  });

  it("refuses links that lead outside, and names them all", () => {
    const path = folder({ "a/file": "x" });
    symlinkSync("/etc/passwd", join(path, "absolute"));
    symlinkSync("../..", join(path, "a/up"));
    symlinkSync("..", join(path, "top"));
    assert.deepEqual(problemsOf(path), [
      "a/up: is where this link leads, out of the directory",
      "absolute: is where this link leads, out of the directory",
      "top: is where this link leads, out of the directory",
    ]);
  });

  it("refuses what is neither file, folder nor link", () => {
    const path = folder();
    execFileSync("mkfifo", [join(path, "pipe")]);
    assert.deepEqual(problemsOf(path), ["pipe: is neither a file, a folder nor a link"]);
  });

  it("does not mind a refused name that is left out", () => {
    const path = folder({ "a.txt": "" });
    symlinkSync("/etc/passwd", join(path, "absolute"));
    assert.deepEqual(problemsOf(path, { exclude: ["absolute"] }), []);
  });

  it("says where it looked for a directory that does not exist", () => {
    assert.throws(() => packDirectory("no/such/folder"), {
      name: "PackError",
      message: `directory "no/such/folder" has 1 problem:\n  .  "no/such/folder" is not a directory that exists; it was looked up as ${join(process.cwd(), "no/such/folder")}`,
    });
  });

  it("does not take a file for a directory", () => {
    assert.deepEqual(problemsOf(join(folder({ "a.txt": "" }), "a.txt")), [".: is not a directory that exists"]);
  });

  it("refuses a directory that holds nothing", () => {
    assert.deepEqual(problemsOf(folder()), [".: holds nothing, or everything is left out"]);
    assert.deepEqual(problemsOf(folder({ ".git/HEAD": "" })), [".: holds nothing, or everything is left out"]);
  });

  it("follows a link to the directory itself", () => {
    const path = folder({ "a.txt": "a" });
    const link = join(folder(), "link");
    symlinkSync(path, link);
    assert.equal(packDirectory(link).digest, packDirectory(path).digest);
  });

  it("reads the requirements file", () => {
    const path = folder({ "needs/web.txt": "gunicorn==27.0.1\n" });
    assert.equal(packDirectory(path, { requirements: "needs/web.txt" }).requirements, "gunicorn==27.0.1\n");
  });

  it("misses a requirements file that is not there", () => {
    assert.deepEqual(problemsOf(folder({ "a.txt": "" }), { requirements: "requirements.txt" }), [
      "requirements.txt: does not exist, or is left out",
    ]);
  });
});
