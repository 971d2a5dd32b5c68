import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { HostView } from "../../../../policies/reader/host-view";
import { readUserData } from "../../../../policies/reader/read-user-data";

const read = (yaml: string): HostView => readUserData(`#cloud-config\n${yaml}`, "data");
const problems = (view: HostView): string[] =>
  view.problems.map(({ kind, place, message }) => `${kind} ${place.line ?? "-"} ${message}`);
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

describe("write_files", () => {
  const encodings: [yaml: string, expected: string | null][] = [
    ["content: hello", "hello"],
    ["content: 42", "42"],
    ["", ""],
    [`encoding: b64\n  content: ${base64("hello")}`, "hello"],
    [`encoding: base64\n  content: ${base64("hello")}`, "hello"],
    [`encoding: gz+b64\n  content: ${base64(gzipSync("hello"))}`, "hello"],
    [`encoding: gzip+base64\n  content: ${base64(gzipSync("hello"))}`, "hello"],
    [`encoding: gzip\n  content: !!binary ${base64(gzipSync("hello"))}`, "hello"],
    [`content: !!binary ${base64("hello")}`, "hello"],
    [`encoding: text/plain\n  content: hello`, "hello"],
    [`encoding: b64\n  content: ${base64(Uint8Array.of(0xff, 0x00))}`, null],
    ["source: {uri: https://example.com/file}", null],
  ];
  for (const [yaml, expected] of encodings) {
    it(`writes ${JSON.stringify(expected)} for ${JSON.stringify(yaml)}`, () => {
      const view = read(`write_files:\n- path: /f\n  ${yaml}\n`);
      assert.deepEqual([problems(view), view.files.map(({ content }) => content)], [[], [expected]]);
    });
  }

  const modes: [yaml: string, mode: string | null][] = [
    ["'0600'", "0600"],
    ["0600", "0600"],
    ["0o600", "0600"],
    ['"600"', "0600"],
    ["384", "0600"],
    ["rw", null],
  ];
  for (const [yaml, mode] of modes) {
    it(`reads the permissions ${yaml} as ${mode ?? "none"}`, () =>
      assert.equal(read(`write_files:\n- path: /f\n  permissions: ${yaml}\n`).files[0]?.mode, mode));
  }

  it("adds to a file that is there, and does not know the whole of one that is not", () => {
    const view = read(
      "write_files:\n- {path: /a, content: one}\n- {path: /a, content: two, append: true}\n- {path: /b, content: x, append: true}\n",
    );
    assert.deepEqual(
      view.files.map(({ path, content }) => [path, content]),
      [
        ["/a", "onetwo"],
        ["/b", null],
      ],
    );
  });

  it("writes deferred files last", () => {
    const view = read("write_files:\n- {path: /a, content: late, defer: true}\n- {path: /a, content: early}\n");
    assert.deepEqual(
      view.files.map(({ content }) => content),
      ["late"],
    );
  });

  it("sees a relative path from the root, as cloud-init does", () => {
    assert.deepEqual(
      read("write_files:\n- path: etc/../opt//x\n").files.map(({ path }) => path),
      ["/opt/x"],
    );
  });

  it("reads what is merged in and what is an alias", () => {
    const view = read(
      "x-base: &base {owner: app}\nx-text: &text hi\nwrite_files:\n- {<<: *base, path: /a, content: *text}\n",
    );
    assert.deepEqual([view.files[0]?.owner, view.files[0]?.content], ["app", "hi"]);
  });
});

describe("readCloudConfig", () => {
  it("reads users and packages in all their forms", () => {
    const view = read(
      "users: [default, app, {name: web}]\npackages: [nginx, [git, 1.2], {apt: [curl], snap: [[certbot, edge]]}]\n",
    );
    assert.deepEqual(
      [view.users.map(({ name }) => name), view.packages.map(({ name }) => name)],
      [
        ["app", "web"],
        ["nginx", "git", "curl", "certbot"],
      ],
    );
  });

  it("runs the items of runcmd as one script", () => {
    const view = read("runcmd:\n- cd /srv\n- APP=blog\n- [git, clone, 'https://example.com/a.git']\n- mkdir $APP\n");
    assert.deepEqual(
      view.produced.map(({ path, how, place }) => [path, how, place.line]),
      [
        ["/srv/a", "clone", 5],
        ["/srv/blog", "directory", 6],
      ],
    );
  });

  it("places the lines of a literal block", () => {
    const view = read("runcmd:\n- |\n  true\n  mkdir /a\n- >\n  mkdir\n  /b\n");
    assert.deepEqual(
      view.produced.map(({ path, place }) => [path, place.sourceLine]),
      [
        ["/a", 5],
        ["/b", 6],
      ],
    );
  });

  const faults: [what: string, yaml: string, expected: string[]][] = [
    ["a tab in the indentation", "a:\n\t- b\n", ["broken 3 is no valid YAML: a tab stands in the indentation"]],
    [
      "a quote without an end",
      'a: "b\n',
      ["broken 3 is no valid YAML: a character such as a closing quote or bracket is missing"],
    ],
    ["an alias of nothing", "a: *b\n", ["broken 2 is no valid YAML: an alias stands for nothing"]],
    ["a key that is there twice", "a: 1\nruncmd: []\na: 2\n", ["broken 4 has a key twice; only the last one counts"]],
    ["a list in place of a mapping", "- a\n", ["broken 2 is no mapping, as cloud-config has to be"]],
    [
      "a command that YAML takes for a mapping",
      "runcmd:\n- echo key: value\n",
      ["broken 3 in runcmd is neither a text nor a list of texts, so nothing of runcmd is run; put quotes around it"],
    ],
    ["commands that are no list", "runcmd: reboot\n", ["broken 2 runcmd is no list, so cloud-init refuses it"]],
    [
      "a file without a path",
      "write_files:\n- content: x\n",
      ["broken 3 in write_files has no path that a file can have"],
    ],
    ["a file that is no mapping", "write_files:\n- x\n", ["broken 3 in write_files is no mapping"]],
    [
      "content in base64 that is none",
      "write_files:\n- path: /f\n  encoding: b64\n  content: '!'\n",
      ["broken 5 is the content of /f and said to be base64, but is none"],
    ],
    [
      "content in gzip that is cut off",
      `write_files:\n- path: /f\n  encoding: gz+b64\n  content: ${base64(gzipSync("hello").subarray(0, 15))}\n`,
      ["broken 5 the content of /f is gzip that has been cut off"],
    ],
    [
      "an encoding that does not exist",
      "write_files:\n- path: /f\n  encoding: b65\n  content: x\n",
      ["broken 5 has an encoding that cloud-init does not know, so /f is written as it stands"],
    ],
    [
      "a misspelt key",
      "write_file:\n- path: /f\n",
      ['broken 3 stands under "write_file", which cloud-init ignores; it is called "write_files"'],
    ],
  ];
  for (const [what, yaml, expected] of faults) {
    it(`reports ${what}`, () => assert.deepEqual(problems(read(yaml)), expected));
  }

  it("never repeats the text in a problem", () => {
    const secret = "hunter2-hunter2";
    for (const yaml of [
      `a: "${secret}\n`,
      `a: ${secret}: ${secret}\n`,
      `\t${secret}\n`,
      `- !!${secret} x\n}`,
      `*${secret}\n`,
    ]) {
      assert.ok(read(yaml).problems.length > 0, yaml);
      assert.doesNotMatch(JSON.stringify(read(yaml).problems), new RegExp(secret));
    }
  });

  it("reads a template, and says that what it fills in is not known", () => {
    const view = readUserData("## template: jinja\n#cloud-config\nruncmd:\n- mkdir /srv/{{ v1.region }}\n", "data");
    assert.deepEqual(problems(view), ["unread 1 is a template; what cloud-init fills in is known only on the host"]);
  });

  it("reads a template that fills in nothing like any other text", () => {
    const view = readUserData("## template: jinja\n#cloud-config\nruncmd:\n- mkdir /srv/a\n", "data");
    assert.deepEqual([problems(view), view.produced[0]?.place.line, view.produced[0]?.place.sourceLine], [[], 3, 4]);
  });

  it("reads the parts of an archive", () => {
    const view = readUserData(
      "#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    packages: [git]\n- |\n  #!/bin/sh\n  mkdir /a\n",
      "data",
    );
    assert.deepEqual(
      [
        view.packages[0]?.name,
        view.packages[0]?.place.sourceLine,
        view.produced[0]?.path,
        view.produced[0]?.place.sourceLine,
      ],
      ["git", 4, "/a", 7],
    );
  });
});
