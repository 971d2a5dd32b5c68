import assert from "node:assert/strict";
import { HostView } from "../../../../policies/reader/host-view";
import { readUserData } from "../../../../policies/reader/read-user-data";

/** User data of two cloud-configs, the second with a header about merging. */
function read(first: string, second: string, mergeType?: string): HostView {
  const header = mergeType === undefined ? [] : [`X-Merge-Type: ${mergeType}`];
  const part = (text: string, more: string[]): string[] => [
    "--b",
    "Content-Type: text/cloud-config",
    ...more,
    "",
    text,
  ];
  const lines = [
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=b",
    "",
    ...part(first, []),
    ...part(second, header),
  ];
  return readUserData([...lines, "--b--"].join("\n"), "data");
}

const names = (view: HostView): string[] => view.packages.map(({ name }) => name);

describe("mergeConfigs", () => {
  it("lets a later part take the place of an earlier one, and says that something is lost", () => {
    const view = read("packages: [a, b]", "packages: [c]");
    assert.deepEqual(names(view), ["c"]);
    assert.deepEqual(
      view.problems.map(({ message }) => message),
      [
        'has packages as well as an earlier part, whose packages is lost; add "merge_how: list(append)+dict(recurse_list)"',
      ],
    );
  });

  it("keeps what a later part does not mention", () => {
    assert.deepEqual(names(read("packages: [a]", "users: [b]")), ["a"]);
  });

  const told: [how: string, expected: string[]][] = [
    ["list(append)+dict(recurse_array)+str()", ["a", "b", "c"]],
    ["list(append)+dict(no_replace,recurse_list)+str()", ["a", "b", "c"]],
    ["list(prepend)+dict(recurse_list)", ["c", "a", "b"]],
    ["list()+dict(recurse_list)", ["c", "b"]],
    ["list(no_replace)+dict(recurse_list)", ["a", "b"]],
    ["list(append)+dict()", ["a", "b"]],
    ["list(append)+dict(replace)", ["c"]],
  ];
  for (const [how, expected] of told) {
    it(`gives ${expected.join(", ")} by ${how}`, () => {
      const byHeader = read("packages: [a, b]", "packages: [c]", how);
      const byKey = read("packages: [a, b]", `packages: [c]\nmerge_how: ${how}`);
      assert.deepEqual([names(byHeader), names(byKey)], [expected, expected]);
      assert.deepEqual([byHeader.problems, byKey.problems], [[], []]);
    });
  }

  it("takes mergers that are written as a list", () => {
    const how = "merge_how:\n- {name: list, settings: [append]}\n- {name: dict, settings: [no_replace, recurse_list]}";
    assert.deepEqual(names(read("packages: [a, b]", `packages: [c]\n${how}`)), ["a", "b", "c"]);
  });
});
