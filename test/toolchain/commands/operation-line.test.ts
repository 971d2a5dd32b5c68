import assert from "node:assert/strict";
import { readableLine } from "../../../toolchain/commands/operation-line";

describe("readableLine", () => {
  const cases: [string, string | undefined][] = [
    // Pulumi's own words stay.
    ["Updating (local):", "Updating (local):"],
    ["    + 22 created", "    + 22 created"],
    ["    error: app 'live' does not answer", "    error: app 'live' does not answer"],
    ["  command:local:Command (web-apply):", "  command:local:Command (web-apply):"],
    // What a step says is shown with its name.
    [
      " +  command:local:Command web-apply creating (2s) 2026-11-21T10:13:15Z switching: 2 files written",
      "     web-apply: switching: 2 files written",
    ],
    [
      "    pulumi:providers:tls default_5_5_1  error: no resource plugin",
      "     default_5_5_1: error: no resource plugin",
    ],
    [
      " +  command:local:Command web-apply **creating failed** error: exit status 1",
      "     web-apply: **creating failed** error: exit status 1",
    ],
    // What is done is shown with its time.
    [' +  command:local:Command web-apply created (6s) {"applied":"23d5"}', " +   web-apply created (6s)"],
    [" ~  command:local:Command web-apply updated (0.22s) [diff: ~environment]", " ~   web-apply updated (0.22s)"],
    [" +- command:local:Command web-machine replaced (3s) ", " +-  web-machine replaced (3s)"],
    [" -  pulumi:pulumi:Stack landfall-local deleted (0.01s) ", " -   landfall-local deleted (0.01s)"],
    [" +  landfall:index:LocalSite web created ", " +   web created"],
    // What another line says, or nobody asked for, is left out.
    ["@ updating.....", undefined],
    ["@ previewing update....", undefined],
    [" +  command:local:Command web-apply creating (0s) ", undefined],
    [" ~  command:local:Command web-apply updating (0s) [diff: ~environment]", undefined],
    [' +  command:local:Command web-machine creating (3s) {"address":"10.116.62.3"}', undefined],
    ["    pulumi:pulumi:Stack landfall-local  ", undefined],
    ["If you want to remove the stack completely, run `pulumi stack rm local`.", undefined],
  ];
  for (const [line, expected] of cases) {
    it(`${expected === undefined ? "leaves out" : "makes"} ${JSON.stringify(line)}`, () => {
      assert.equal(readableLine(line), expected);
    });
  }
});
