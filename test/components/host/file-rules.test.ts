import assert from "node:assert/strict";
import fc from "fast-check";
import { segmentPattern } from "../../../components/app/glob";
import { SecurityPreset, ServedFiles } from "../../../components/app/route/security";
import { contentTypes, fileRules, keptBackTypes } from "../../../components/host/file-rules";

/** Whether a path is refused, as a web server reads the rules. */
function refuses(path: string, allow: string[] = []): boolean {
  const rule = fileRules({ files: ServedFiles.Content, allow }).find(({ pattern, ignoreCase }) =>
    new RegExp(pattern.replaceAll("\\z", "(?![^])"), ignoreCase ? "i" : "").test(path),
  );
  return rule?.refuse ?? false;
}

/** The same said in another way: the last name is no file, or one that may be had. */
function mayBeHad(path: string, allow: readonly string[]): boolean {
  const names = path.split("/");
  const last = names.at(-1) ?? "";
  if (names.some((name) => name.startsWith(".") && !/^\.well-known$/i.test(name))) return false;
  if (!last.includes(".")) return true;
  if (allow.some((glob) => segmentPattern(glob)?.test(last))) return true;
  return contentTypes.some((type) => segmentPattern(`*.${type}`)?.test(last.toLowerCase()));
}

describe("fileRules", () => {
  it("are none where all files are answered", () => {
    assert.deepEqual(fileRules({}), []);
    assert.deepEqual(fileRules({ preset: SecurityPreset.Strict }), []);
    assert.deepEqual(fileRules({ preset: SecurityPreset.Gramex, files: ServedFiles.Any }), []);
  });

  it("know each type that Gramex's guide lists, once", () => {
    const kept =
      "py pyc php sh rb ipynb bat cmd yml yaml ini jsonl csv xlsx db xls h5 xml shp shx dbf prj idx zip 7z".split(" ");
    const content =
      "md markdown html txt pdf rst pptx docx png svg jp*g gif ico mp3 mp4 avi flv mkv ttf woff* eot otf js map vue less css json".split(
        " ",
      );
    assert.deepEqual([...keptBackTypes], kept);
    assert.deepEqual([...contentTypes].sort(), content.sort());
  });

  it("let no path through whose last name is no content and not allowed, however it is spelled", () => {
    const piece = fc.constantFrom(
      ..."/.;?#\\\n\r aé%*[]()$|",
      ..."/..",
      "py",
      "csv",
      "html",
      "x",
      "HTML",
      "data.csv",
      "woff2",
    );
    const path = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join("")}`);
    const allowed = fc.subarray(["data.csv", "*.xlsx", "x?.db", "a(b).py", "$.ini"]);
    fc.assert(
      fc.property(path, allowed, (asked, allow) => {
        if (!mayBeHad(asked, allow)) assert.ok(refuses(asked, allow), asked);
      }),
      { numRuns: 20_000 },
    );
  });

  it("read an exception letter by letter, but for its * and ?", () => {
    const letter = fc.constantFrom(..."abc.()[]$^|+{}\\-* ?".replace(/[[\]{}\\]/g, ""));
    const glob = fc
      .array(letter, { minLength: 1, maxLength: 8 })
      .map((letters) => `${letters.join("")}.db`)
      .filter((text) => !text.startsWith("."));
    const name = fc
      .array(fc.constantFrom(..."abc.()$^|+- "), { minLength: 1, maxLength: 8 })
      .map((all) => `${all.join("")}.db`);
    fc.assert(
      fc.property(glob, fc.oneof(name, glob), (allow, asked) => {
        fc.pre(!asked.startsWith(".") && !/[?]/.test(asked));
        assert.equal(!refuses(`/${asked}`, [allow]), segmentPattern(allow)?.test(asked));
      }),
      { numRuns: 5000 },
    );
  });

  it("leave to the app what is no file", () => {
    for (const path of ["/", "/login", "/a/b/", "/v1/users", "/.well-known/security.txt", "/a.html/b"])
      assert.equal(refuses(path), false, path);
  });
});
