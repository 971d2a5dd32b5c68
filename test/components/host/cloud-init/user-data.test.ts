import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { parse } from "yaml";

import {
  cloudConfig,
  userData,
  userDataBytes,
  userDataLimitBytes,
  userDataProblems,
} from "../../../../components/host/cloud-init/user-data";

const store = { kind: "folder", path: "/srv/store", parameters: "/srv/parameters" } as const;

interface CloudConfig {
  bootcmd: string[][];
  write_files: { path: string; content: string; permissions: string }[];
  runcmd: string[][];
}

describe("userData", () => {
  const read = (): CloudConfig => parse(userData({ store })) as CloudConfig;
  const content = (path: string): string => read().write_files.find((file) => file.path === path)?.content ?? "";

  it("is cloud-config, far below EC2's limit", () => {
    const text = userData({ store });
    assert.ok(text.startsWith("#cloud-config\n"));
    assert.ok(userDataBytes(text) < userDataLimitBytes / 2, `${userDataBytes(text)} bytes`);
    assert.deepEqual(userDataProblems(text, "userData"), []);
  });

  it("says where the store is", () => {
    assert.deepEqual(JSON.parse(content("/etc/landfall/store.json")), store);
  });

  it("lays a bootstrap program that Python can compile", () => {
    execFileSync("python3", ["-c", "import sys; compile(sys.stdin.read(), 'bootstrap.py', 'exec')"], {
      input: content("/usr/local/lib/landfall/bootstrap.py"),
    });
  });

  it("enables the unit last, without making cloud-init wait for it", () => {
    assert.deepEqual(read().runcmd.at(-1), ["systemctl", "enable", "--now", "--no-block", "landfall-apply.service"]);
  });

  it("applies at each boot and every 15 minutes after the last time", () => {
    assert.match(content("/etc/systemd/system/landfall-apply.service"), /^WantedBy=multi-user.target$/m);
    assert.match(content("/etc/systemd/system/landfall-apply.timer"), /^OnUnitInactiveSec=15min$/m);
  });

  it("says by how much it is over the limit", () => {
    const long = userData({ store: { ...store, path: `/${"x".repeat(userDataLimitBytes)}` } });
    const [problem] = userDataProblems(long, "userData");
    assert.equal(problem?.path, "userData");
    assert.match(problem?.reason ?? "", new RegExp(`^is ${userDataBytes(long)} bytes, \\d+ more than the 16384`));
  });

  it("counts bytes, not characters", () => {
    assert.equal(userDataBytes("Größe"), 7);
  });
});

describe("cloudConfig", () => {
  it("carries any text and lets none of it become structure", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("no", "0644", "- a: b", "# c", "{{ v }}", "|", "a: b\n c", " x ", "\n", "\t", "---", "\u0000"),
    );
    fc.assert(
      fc.property(fc.dictionary(text, fc.array(text)), (data) => {
        assert.deepEqual(parse(cloudConfig(data)), { ...data });
      }),
    );
  });
});
