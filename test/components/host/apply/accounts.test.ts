import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { python } from "./python";

const makeDirectory = `
from landfall_apply.accounts import make_directory
from landfall_apply.report import Failure
try:
    make_directory(given["path"], given["mode"], given["uid"], given["uid"])
    result = ""
except Failure as failure:
    result = str(failure)
`;

describe("making directories as root", function () {
  let scratch: string;
  before(() => assert.equal(process.getuid?.(), 0, "owners can only be changed by root: run the tests as root"));
  beforeEach(() => (scratch = mkdtempSync(join(tmpdir(), "landfall-directories-"))));
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  const make = (path: string, mode: number, uid: number): string =>
    python(makeDirectory, { path, mode, uid }) as string;

  it("makes the folders on the way for root, and gives the last one its owner and mode", () => {
    assert.equal(make(join(scratch, "a/b/c"), 0o700, 12345), "");
    const last = statSync(join(scratch, "a/b/c"));
    assert.deepEqual([last.uid, last.gid, last.mode & 0o7777], [12345, 12345, 0o700]);
    assert.equal(statSync(join(scratch, "a/b")).uid, 0);
  });

  it("corrects owner and mode of one that is there", () => {
    mkdirSync(join(scratch, "a"), { mode: 0o777 });
    assert.equal(make(join(scratch, "a"), 0o750, 12345), "");
    assert.deepEqual([statSync(join(scratch, "a")).uid, statSync(join(scratch, "a")).mode & 0o777], [12345, 0o750]);
  });

  it("follows a link that root has put there, as to a data volume", () => {
    mkdirSync(join(scratch, "volume"));
    symlinkSync(join(scratch, "volume"), join(scratch, "data"));
    assert.equal(make(join(scratch, "data/app"), 0o700, 12345), "");
    assert.ok(existsSync(join(scratch, "volume/app")));
  });

  it("does not follow a link in a folder that belongs to an app", () => {
    mkdirSync(join(scratch, "victim"));
    mkdirSync(join(scratch, "app"));
    chownSync(join(scratch, "app"), 12345, 12345);
    symlinkSync(join(scratch, "victim"), join(scratch, "app", "uploads"));
    assert.match(
      make(join(scratch, "app/uploads"), 0o700, 12345),
      /uploads in it is a link that root has not put there/,
    );
    assert.equal(statSync(join(scratch, "victim")).uid, 0);
  });

  it("refuses a path through a file, and one that is not plain", () => {
    assert.match(make("/etc/passwd/app", 0o700, 0), /passwd in it is not a directory/);
    assert.match(make(`${scratch}/../etc`, 0o700, 0), /is not a plain absolute path/);
  });
});

const checkIds = `
from landfall_apply.accounts import check_ids
from landfall_apply.report import Failure
try:
    check_ids(given)
    result = ""
except Failure as failure:
    result = str(failure)
`;

describe("the ids of users whose files machines share", () => {
  const said = (...users: object[]): unknown => python(checkIds, users);

  it("may be free ones, and those of users that have them", () => {
    assert.equal(said({ name: "app-landfall-album", uid: 71234 }, { name: "root", uid: 0 }, { name: "app-other" }), "");
  });

  it("are not those of somebody else, and all of them are said", () => {
    assert.equal(
      said({ name: "app-landfall-album", uid: 0 }, { name: "root", uid: 71234 }),
      "user root has the id 0 here, under which machines share the files of app-landfall-album; give the app another " +
        "name; user root has the ids 0:0 here, and 71234 on machines that share its files; end this machine, so that a " +
        "new one takes its place",
    );
  });
});

describe("taking over the data of an earlier machine's user", () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), "landfall-home-"))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** A file or folder, its owner and its group. */
  const give = (path: string, uid: number, gid: number): void => chownSync(join(home, path), uid, gid);
  const ids = (path: string): number[] => [statSync(join(home, path)).uid, statSync(join(home, path)).gid];

  it("leaves to the web server's group what it reads, and gives the rest to the user's", () => {
    const web = 33;
    mkdirSync(join(home, "media"));
    mkdirSync(join(home, "private"));
    for (const file of ["media/a", "private/b", "other"]) writeFileSync(join(home, file), "");
    for (const path of ["private", "private/b"]) give(path, 23456, 23456);
    for (const path of [".", "media", "media/a"]) give(path, 23456, web);
    chmodSync(join(home, "media"), 0o2750);
    python("from landfall_apply.accounts import take_over\ntake_over(given, 12345, 12345)\nresult = None", home);
    assert.deepEqual([".", "media", "media/a"].map(ids), Array(3).fill([12345, web]));
    assert.deepEqual(["private", "private/b"].map(ids), Array(2).fill([12345, 12345]));
    assert.deepEqual(ids("other"), [0, 0]);
    assert.equal(statSync(join(home, "media")).mode & 0o7777, 0o2750);
  });
});
