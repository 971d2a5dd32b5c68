import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { python } from "./python";

describe("looking for the data volume", () => {
  let scratch: string;
  beforeEach(() => (scratch = mkdtempSync(join(tmpdir(), "landfall-volume-"))));
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  describe("among the disks of a host", () => {
    /** A disk as sysfs shows it: content by file name. */
    type Disk = Record<string, string>;
    const spare = (disks: Record<string, Disk>, mounted: string[] = []): string[] => {
      for (const [name, files] of Object.entries(disks)) {
        for (const [file, content] of Object.entries({ size: "20971520", ro: "0", ...files })) {
          const path = join(scratch, "block", name, file);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, `${content}\n`);
        }
        mkdirSync(join(scratch, "devices"), { recursive: true });
        writeFileSync(join(scratch, "devices", name), "");
      }
      const table = mounted.map((number, index) => `${30 + index} 1 ${number} / /m rw - ext4 /dev/x rw\n`).join("");
      writeFileSync(join(scratch, "mountinfo"), table);
      const script = `
from landfall_apply.volume import spare_disks
result = spare_disks(given + "/block", given + "/mountinfo", given + "/devices")
`;
      return (python(script, scratch) as string[]).map((path) => path.split("/").at(-1) ?? "");
    };
    const root: Disk = { dev: "259:0", "nvme0n1p1/partition": "1", "device/model": "Amazon Elastic Block Store" };
    const volume: Disk = { dev: "259:3", "device/model": "Amazon Elastic Block Store" };

    it("finds the one beside the host's own, under whatever name it was attached", () => {
      assert.deepEqual(spare({ nvme0n1: root, nvme1n1: volume }), ["nvme1n1"]);
      rmSync(join(scratch, "block"), { recursive: true });
      assert.deepEqual(spare({ xvda: { dev: "202:0", "xvda1/partition": "1" }, xvdf: { dev: "202:80" } }), ["xvdf"]);
    });

    it("leaves alone what EC2 empties at each stop", () => {
      assert.deepEqual(spare({ nvme1n1: { ...volume, "device/model": "Amazon EC2 NVMe Instance Storage" } }), []);
    });

    for (const [what, disk, mounted] of [
      ["is mounted as a whole", volume, ["259:3"]],
      ["is part of something else", { ...volume, "holders/dm-0": "" }, []],
      ["can only be read", { ...volume, ro: "1" }, []],
      ["has no medium", { ...volume, size: "0" }, []],
    ] as [string, Disk, string[]][]) {
      it(`leaves alone a disk that ${what}`, () => {
        assert.deepEqual(spare({ nvme1n1: disk }, mounted), []);
      });
    }

    it("takes memory, loops and compositions of disks for no disks", () => {
      const names = ["loop0", "ram0", "zram0", "sr0", "dm-0", "md127", "nbd0"];
      assert.deepEqual(spare(Object.fromEntries(names.map((name) => [name, {}]))), []);
    });

    it("passes over a disk that has no device", () => {
      spare({ nvme1n1: volume });
      rmSync(join(scratch, "devices", "nvme1n1"));
      const script = `
from landfall_apply.volume import spare_disks
result = spare_disks(given + "/block", given + "/mountinfo", given + "/devices")
`;
      assert.deepEqual(python(script, scratch), []);
    });
  });

  describe("by what is on them", () => {
    const image = (name: string, label?: string): string => {
      const path = join(scratch, name);
      writeFileSync(path, "");
      truncateSync(path, 16 << 20);
      if (label !== undefined) execFileSync("mkfs.ext4", ["-q", ...(label ? ["-L", label] : []), path]);
      return path;
    };
    const choose = (...disks: string[]): [disk: string, blank: boolean] | string => {
      const script = `
from landfall_apply.report import Failure
from landfall_apply.volume import choose
try:
    result = choose(given)
except Failure as failure:
    result = str(failure)
`;
      return python(script, disks) as [string, boolean] | string;
    };

    it("takes a blank one, to make a file system on it", () => {
      const disk = image("a");
      assert.deepEqual(choose(disk), [disk, true]);
    });

    it("takes the one with its label, whatever is beside it", () => {
      const ours = image("a", "landfall-data");
      assert.deepEqual(choose(image("b"), ours, image("c", "other")), [ours, false]);
    });

    it("leaves alone a file system that is not its own", () => {
      const disk = image("a", "");
      assert.equal(choose(disk), `${disk}: neither blank nor labelled landfall-data, so left alone`);
    });

    it("takes no disk for blank that has anything at its beginning or end", () => {
      for (const offset of [0, 4096, (16 << 20) - 1]) {
        const disk = image(`at-${offset}`);
        const file = openSync(disk, "r+");
        writeSync(file, "x", offset);
        closeSync(file);
        assert.match(choose(disk) as string, /neither blank nor labelled/);
      }
    });

    it("does not guess between two", () => {
      const [a, b] = [image("a"), image("b")];
      assert.equal(choose(a, b), `${a} and ${b} could all be it; attach one data volume`);
    });

    it("sees that a disk has grown, and one that has not", () => {
      const [same, grown] = [image("a", "landfall-data"), image("b", "landfall-data")];
      truncateSync(grown, 64 << 20);
      const script = "from landfall_apply.volume import has_grown\nresult = [has_grown(disk) for disk in given]";
      assert.deepEqual(python(script, [same, grown]), [false, true]);
    });

    it("says that there is none", () => {
      assert.equal(choose(), "none is attached");
    });

    it("says of a device that is named and not there that it is not there", () => {
      const script = `
from landfall_apply.report import Failure
from landfall_apply.volume import wait_for_disk
try:
    result = wait_for_disk(given, 0)
except Failure as failure:
    result = str(failure)
`;
      assert.equal(python(script, join(scratch, "none")), `${join(scratch, "none")} is not there`);
    });

    it("follows the link of a device that is named", () => {
      const disk = image("a");
      symlinkSync(disk, join(scratch, "by-id"));
      const script = "from landfall_apply.volume import wait_for_disk\nresult = wait_for_disk(given, 0)";
      assert.deepEqual(python(script, join(scratch, "by-id")), [disk, true]);
    });
  });
});
