import assert from "node:assert/strict";
import { mergeViews } from "../../../policies/reader/merge-views";
import { readUserData } from "../../../policies/reader/read-user-data";

const first = readUserData(
  "#!/bin/sh\ncat > /etc/nginx/nginx.conf <<'E'\nhttp { include conf.d/a.conf; }\nE\necho one > /f\nsystemctl enable app",
  "first",
);
const second = readUserData(
  "#!/bin/sh\necho 'server { server_name a; }' > /etc/nginx/conf.d/a.conf\necho two > /f\nprintf '[Service]\\n' > /etc/systemd/system/app.service",
  "second",
);

describe("mergeViews", () => {
  const merged = mergeViews([first, second], "both");

  it("puts units and nginx's configuration together from the files of all", () => {
    assert.deepEqual(
      [
        merged.nginx?.servers.map(({ names }) => names),
        merged.units.map(({ name, enabled, hasOwnFile }) => [name, enabled, hasOwnFile]),
      ],
      [[["a"]], [["app.service", "yes", true]]],
    );
  });

  it("gives the later source the last word on a file", () => {
    assert.deepEqual(
      merged.files.filter(({ path }) => path === "/f").map(({ content }) => content),
      ["two\n"],
    );
  });

  it("forgets what only one source by itself was missing", () => {
    assert.deepEqual(
      [first.problems.map(({ message }) => message), merged.problems],
      [["includes /etc/nginx/conf.d/a.conf, which is not among the files"], []],
    );
  });
});
