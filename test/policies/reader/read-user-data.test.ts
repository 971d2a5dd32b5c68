import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { HostView, PartType } from "../../../policies/reader/host-view";
import { readUserData } from "../../../policies/reader/read-user-data";
import { UserDataEncoding } from "../../../policies/reader/user-data/unwrap";
import { inlineUserData } from "../../../components/host/cloud-init/inline";
import { planHost } from "../../../components/host/plan-host";
import { userData } from "../../../components/host/cloud-init/user-data";
import { StoreKind } from "../../../components/host/apply/store";

const config = "#cloud-config\nwrite_files:\n- path: /etc/app.conf\n  content: hello\n";

const read = (data: string | Uint8Array, encoding?: UserDataEncoding): HostView =>
  readUserData(data, "user data", encoding);
const contents = (view: HostView): Record<string, string | null> =>
  Object.fromEntries(view.files.map(({ path, content }) => [path, content]));
const messages = (view: HostView): string[] =>
  view.problems.map(({ kind, place, message }) => `${kind} ${place.file}:${place.line ?? "-"} ${message}`);

describe("readUserData", () => {
  const gzipped = gzipSync(config);
  const forms: [what: string, data: string | Uint8Array, encoding?: UserDataEncoding][] = [
    ["plain text", config],
    ["plain text said to be plain", config, UserDataEncoding.Plain],
    ["text with a byte order mark", `\ufeff${config}`],
    ["bytes of text", Buffer.from(config)],
    ["base64", Buffer.from(config).toString("base64")],
    [
      "base64 with line breaks",
      Buffer.from(config)
        .toString("base64")
        .replace(/(.{20})/g, "$1\n"),
    ],
    ["base64 said to be base64", Buffer.from(config).toString("base64"), UserDataEncoding.Base64],
    ["gzip", gzipped],
    ["gzip in base64", gzipped.toString("base64")],
    ["gzip said to be base64", gzipped.toString("base64"), UserDataEncoding.Base64],
  ];
  for (const [what, data, encoding] of forms) {
    it(`reads ${what}`, () => {
      const view = read(data, encoding);
      assert.deepEqual(messages(view), []);
      assert.deepEqual(contents(view), { "/etc/app.conf": "hello" });
    });
  }

  it("takes text that is base64 by its letters alone for text", () => {
    assert.deepEqual(messages(read("abcd")), [
      'broken user data:1 begins with no line that cloud-init knows, such as "#cloud-config" or "#!/bin/sh"',
    ]);
  });

  const faults: [what: string, data: string | Uint8Array, expected: string, encoding?: UserDataEncoding][] = [
    [
      "base64 that is none",
      "no base64!",
      "broken user data:- is said to be base64, but is none",
      UserDataEncoding.Base64,
    ],
    ["gzip that ends too early", gzipped.subarray(0, 30), "broken user data:- user data is gzip that has been cut off"],
    [
      "gzip with a wrong byte",
      Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9]),
      "broken user data:- user data is no valid gzip",
    ],
    [
      "gzip that was taken for text",
      gzipped.toString("utf8"),
      "broken user data:- is gzip that was handed over as text, which spoils it; hand it over in base64",
    ],
    ["bytes of nothing known", Buffer.from([0xff, 0xfe, 0x00]), "broken user data:- is neither text in UTF-8 nor gzip"],
    [
      "white space before the first line",
      `\n${config}`,
      "broken user data:1 has white space before its first line, so cloud-init does not know what it is",
    ],
    [
      "user data of another system",
      '{"ignition": {}}',
      "unread user data:1 is neither for cloud-init nor for Windows; it is not read",
    ],
    [
      "a list of addresses",
      "#include\nhttps://example.com/more\n",
      "unread user data:1 names addresses from which more user data is fetched; that is not read",
    ],
  ];
  for (const [what, data, expected, encoding] of faults) {
    it(`reports ${what}`, () => assert.deepEqual(messages(read(data, encoding)), [expected]));
  }

  it("does not unpack what would fill the memory", () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    assert.deepEqual(messages(read(bomb)), [
      "unread user data:- user data is not unpacked: it would be more than 16777216 bytes",
    ]);
  });

  it("has nothing to say about empty user data", () => {
    const view = read("");
    assert.deepEqual([view.problems, view.files, view.parts, view.units, view.nginx], [[], [], [], [], null]);
  });

  it("keeps the lines of a file that is a literal block", () => {
    const view = read(
      "#cloud-config\nwrite_files:\n- path: /etc/nginx/conf.d/a.conf\n  content: |\n    server {\n      listen 81;\n    }\n",
    );
    const [server] = view.nginx?.servers ?? [];
    assert.deepEqual(server?.listens[0]?.place, { file: "/etc/nginx/conf.d/a.conf", line: 2, sourceLine: 6 });
  });

  it("runs the scripts of user data after what its cloud-config writes", () => {
    const message = [
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/x-shellscript",
      "",
      "#!/bin/sh",
      "cp /opt/app.service /etc/systemd/system/",
      "systemctl enable --now app",
      "--b",
      "Content-Type: text/cloud-config",
      "",
      "write_files:",
      "- path: /opt/app.service",
      "  content: |",
      "    [Service]",
      "    ExecStart=/opt/app",
      "--b--",
    ].join("\n");
    const [unit] = read(message).units;
    assert.deepEqual(
      [
        unit?.name,
        unit?.enabled,
        unit?.started,
        unit?.settings.map(({ key, value, place }) => [key, value, place.sourceLine]),
      ],
      ["app.service", "yes", "yes", [["ExecStart", "/opt/app", 17]]],
    );
  });

  it("reports a script in another language as a step that cannot be read", () => {
    const view = read("#!/usr/bin/env python3\nprint()\n");
    assert.deepEqual(view.opaque, [
      { what: "a script in another language than a shell's", place: { file: "user data", line: 1, sourceLine: 1 } },
    ]);
  });

  it("shows the scripts of Windows as parts, and nothing of them as files", () => {
    const view = read("<powershell>\nStart-Service app\n</powershell>\n<persist>true</persist>\n");
    assert.deepEqual(
      [view.parts, view.problems, view.files],
      [
        [
          {
            name: "user data, <powershell>",
            type: PartType.PowerShell,
            content: "\nStart-Service app\n",
            sourceLine: 1,
          },
        ],
        [],
        [],
      ],
    );
  });

  it("knows Landfall's own user data", () => {
    const view = read(
      userData({ store: { kind: StoreKind.Folder, path: "/srv/store", parameters: "/srv/parameters" } }),
    );
    assert.deepEqual(
      [view.bootstrapped, view.problems, view.units.map(({ name, enabled }) => [name, enabled])],
      [
        true,
        [],
        [
          ["landfall-apply.service", "yes"],
          ["landfall-apply.timer", "yes"],
        ],
      ],
    );
  });

  it("reads the plan that Landfall's user data carries along", () => {
    const source = { git: { url: "https://example.com/a.git", ref: "main" } };
    const apps = [{ name: "blog", source, process: { command: ["./run"] }, routes: [{ domain: "www.example.com" }] }];
    const hops = { publicHttpPort: 80, publicHttpsPort: 443, front: [] };
    const acme = { directory: "https://acme.example.com/directory", email: null };
    const plan = planHost({ apps, code: {}, debian: 12, hops, certificates: { acme } });
    const view = read(inlineUserData({ plan }).base64, UserDataEncoding.Base64);
    assert.deepEqual(
      [view.problems, view.plan?.apps, view.contract?.domains, view.nginx?.servers.length],
      [[], plan.apps, ["www.example.com"], 4],
    );
  });
});
