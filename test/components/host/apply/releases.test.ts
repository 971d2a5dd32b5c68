import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { packDirectory } from "../../../../components/app/pack";
import { python } from "./python";

/** Makes tar archives of members given as [name, type, link target] by Python's own tarfile, and unpacks them by ours. */
const unpackMembers = `
import gzip, hashlib, io, os, tarfile
from landfall_apply.releases import unpack
from landfall_apply.report import Failure
kinds = {"file": tarfile.REGTYPE, "directory": tarfile.DIRTYPE, "symlink": tarfile.SYMTYPE,
         "hardlink": tarfile.LNKTYPE, "device": tarfile.CHRTYPE, "fifo": tarfile.FIFOTYPE}
result = []
for number, members in enumerate(given["archives"]):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, kind, target in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.mode = kinds[kind], target, 0o4777
            member.size = 7 if kind == "file" else 0
            tar.addfile(member, io.BytesIO(b"content") if kind == "file" else None)
    digest = hashlib.sha256(archive.getvalue()).hexdigest()
    folder = f"{given['folder']}/{number}/code"
    os.makedirs(folder)
    try:
        unpack(io.BytesIO(gzip.compress(archive.getvalue())), digest, folder)
        result.append("unpacked")
    except Failure as failure:
        result.append(str(failure))
`;

type Member = readonly [name: string, kind: string, target: string];

describe("unpacking a release", () => {
  let scratch: string;
  beforeEach(() => (scratch = mkdtempSync(join(tmpdir(), "landfall-unpack-"))));
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  const unpack = (archives: readonly (readonly Member[])[]): string[] =>
    python(unpackMembers, { archives, folder: scratch }) as string[];

  it("refuses whatever could end up outside its folder, and what is neither file nor folder nor link", () => {
    const hostile: Record<string, Member[]> = {
      "a member above the folder": [["../evil", "file", ""]],
      "a member that climbs out in the middle": [["a/../../evil", "file", ""]],
      "an absolute member": [["/tmp/evil", "file", ""]],
      "a link that leads out": [["link", "symlink", "../evil"]],
      "an absolute link": [["link", "symlink", "/etc/passwd"]],
      "a file below a link": [
        ["a", "directory", ""],
        ["a/b", "symlink", ".."],
        ["a/b/evil", "file", ""],
      ],
      "a hard link that leads out": [["link", "hardlink", "../evil"]],
      "a hard link to a link": [
        ["a", "symlink", "b"],
        ["link", "hardlink", "a"],
      ],
      "a device": [["null", "device", ""]],
      "a named pipe": [["pipe", "fifo", ""]],
    };
    const said = unpack(Object.values(hostile));
    Object.keys(hostile).forEach((what, index) => {
      assert.match(said[index] ?? "", /the archive has '/, what);
      assert.ok(!existsSync(join(scratch, String(index), "evil")), what);
    });
    assert.ok(!existsSync("/tmp/evil"));
  });

  it("takes files, folders and links that stay inside, without special or writable modes", () => {
    const said = unpack([
      [
        ["app", "directory", ""],
        ["app/main.py", "file", ""],
        ["main.py", "symlink", "app/main.py"],
        ["again.py", "hardlink", "app/main.py"],
        ["deep/er/file", "file", ""],
      ],
    ]);
    assert.deepEqual(said, ["unpacked"]);
    const code = join(scratch, "0", "code");
    assert.equal(readFileSync(join(code, "main.py"), "utf8"), "content");
    assert.equal(readlinkSync(join(code, "main.py")), "app/main.py");
    assert.equal(statSync(join(code, "app/main.py")).mode & 0o7777, 0o755);
    assert.equal(statSync(join(code, "again.py")).ino, statSync(join(code, "app/main.py")).ino);
  });

  it("takes what packing a directory makes", () => {
    const source = join(scratch, "source");
    mkdirSync(join(source, "pages"), { recursive: true });
    writeFileSync(join(source, "pages", `${"long".repeat(40)} Größe.txt`), "a page");
    writeFileSync(join(source, "run"), "#!/bin/sh\n", { mode: 0o755 });
    const { digest, archive } = packDirectory(source, {});
    const script = `
import base64, io, os
from landfall_apply.releases import unpack
os.makedirs(given["folder"])
unpack(io.BytesIO(base64.b64decode(given["archive"])), given["digest"], given["folder"])
result = sorted(os.path.relpath(os.path.join(path, name), given["folder"]) for path, _, names in os.walk(given["folder"]) for name in names)
`;
    const found = python(script, { folder: join(scratch, "code"), digest, archive: archive.toString("base64") });
    assert.deepEqual(found, [`pages/${"long".repeat(40)} Größe.txt`, "run"]);
    assert.equal(statSync(join(scratch, "code", "run")).mode & 0o777, 0o755);
  });

  it("refuses an archive that has not the digest it is named by", () => {
    const script = `
import gzip, io, os
from landfall_apply.releases import unpack
from landfall_apply.report import Failure
os.makedirs(given)
result = []
for content in (gzip.compress(b"other"), b"no gzip", gzip.compress(bytes(100))[:-12]):
    try:
        unpack(io.BytesIO(content), "0" * 64, given)
    except Failure as failure:
        result.append(str(failure))
`;
    const [other, noGzip, cut] = python(script, join(scratch, "code")) as string[];
    assert.match(other ?? "", /has digest [0-9a-f]{64}; upload it again/);
    assert.match(noGzip ?? "", /cannot be decompressed/);
    assert.match(cut ?? "", /cannot be decompressed/);
  });
});
