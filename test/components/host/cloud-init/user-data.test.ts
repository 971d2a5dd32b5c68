import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { parse } from "yaml";

import { S3StoreConfig } from "../../../../components/host/apply/store";
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

  it("enables the unit after everything else, and starts it without making cloud-init wait", () => {
    assert.deepEqual(read().runcmd, [
      ["systemctl", "enable", "--no-reload", "landfall-apply.timer"],
      ["systemctl", "enable", "--no-reload", "landfall-apply.service"],
      ["systemctl", "start", "--no-block", "landfall-apply.timer", "landfall-apply.service"],
    ]);
  });

  it("applies at each boot and every 15 minutes after the last time", () => {
    assert.match(content("/etc/systemd/system/landfall-apply.service"), /^WantedBy=multi-user.target$/m);
    assert.match(content("/etc/systemd/system/landfall-apply.timer"), /^OnUnitInactiveSec=15min$/m);
  });

  describe("with a bucket as store and a data volume", () => {
    const bucket: S3StoreConfig = {
      kind: "s3",
      bucket: `landfall-${"x".repeat(54)}`,
      region: null,
      prefix: `${"web/".repeat(8)}`,
      parameters: `/landfall/${"y".repeat(60)}`,
    };
    const text = userData({ store: bucket, dataVolume: {} });
    const files = (parse(text) as CloudConfig).write_files;
    const named = (end: string): string => files.find(({ path }) => path.endsWith(end))?.content ?? "";

    it("is below EC2's limit, even with the longest names", () => {
      assert.deepEqual(userDataProblems(text, "userData"), []);
      assert.ok(userDataBytes(text) < userDataLimitBytes - 1024, `${userDataBytes(text)} bytes`);
    });

    it("lays a bootstrap program that needs nothing but Python's own library", () => {
      const script =
        "import ast, json, sys\nfor node in ast.walk(ast.parse(sys.stdin.read())):\n    if isinstance(node, ast.ImportFrom): print(node.module)\n    if isinstance(node, ast.Import): print(*(one.name for one in node.names))";
      const modules = execFileSync("python3", ["-c", script], { input: named("bootstrap.py"), encoding: "utf8" });
      assert.doesNotMatch(modules, /landfall|boto/);
      assert.match(modules, /^hmac$/m);
    });

    it("has the volume mounted by the program that applies plans, before apps, web server and certbot", () => {
      assert.match(
        named("landfall-volume.service"),
        /^ExecStart=\/usr\/bin\/python3 -I \/var\/lib\/landfall\/bootstrap\/apply\.py --mount-data-volume ""$/m,
      );
      for (const user of ["app-", "certbot", "nginx"])
        assert.match(named(`${user}.service.d/landfall-volume.conf`), /^Requires=landfall-volume\.service\nAfter=/m);
    });

    it("names the device when one is given", () => {
      const given = userData({ store: bucket, dataVolume: { device: "/dev/disk/by-id/a b" } });
      assert.match(given, /--mount-data-volume "\/dev\/disk\/by-id\/a b"$/m);
    });

    it("enables the volume's unit before the one that applies", () => {
      const words = (parse(text) as CloudConfig).runcmd.map((command) => command.join(" "));
      assert.deepEqual(words.slice(0, 3), [
        "systemctl daemon-reload",
        "systemctl enable --no-reload landfall-volume.service landfall-apply.timer",
        "systemctl enable --no-reload landfall-apply.service",
      ]);
    });
  });

  it("is the same on every computer and with every version of Node: nothing in it is compressed", () => {
    assert.equal(userData({ store }), userData({ store: { ...store } }));
    assert.match(userData({ store }), /^#cloud-config\nbootcmd:\n/);
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
