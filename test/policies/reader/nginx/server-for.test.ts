import assert from "node:assert/strict";
import { serverFor } from "../../../../policies/reader/nginx/server-for";
import { nginxOf } from "./configurations";
import { PlainNginx } from "./plain-nginx";

const names = [
  "default.test",
  "www.example.com",
  "*.example.com",
  "*.b.example.com",
  ".dot.test",
  "www.example.*",
  "~^re\\d+\\.test$",
  "~re",
];
const hosts = [
  "www.example.com",
  "WWW.example.com",
  "a.example.com",
  "a.b.example.com",
  "example.com",
  "dot.test",
  "x.dot.test",
  "www.example.org",
  "re1.test",
  "area.test",
  "nowhere.test",
];

describe("serverFor", () => {
  const http = names
    .map(
      (name, index) =>
        `server { listen SOCKET${index === 3 ? " default_server" : ""}; server_name "${name}"; return 200 "${name.replace(/[\\$]/g, "")}"; }`,
    )
    .join("\n");
  let nginx: PlainNginx;
  before(async function () {
    this.timeout(60_000);
    nginx = await PlainNginx.start(http);
  });
  after(() => nginx.stop());

  for (const host of hosts) {
    it(`finds the server that nginx finds for ${host}`, async () => {
      const server = serverFor(nginxOf(http.replaceAll("SOCKET", "80")), host, 80);
      const [, text] = server?.directives.find(({ name }) => name === "return")?.args ?? [];
      assert.equal(text, (await nginx.ask(host, "/")).body);
    });
  }

  it("finds no server on a port where none listens", () => {
    assert.equal(serverFor(nginxOf("server { listen 80; }"), "a.test", 443), null);
  });

  it("finds a server without listen on port 80", () => {
    assert.deepEqual(serverFor(nginxOf("server { server_name a.test; }"), "a.test", 80)?.names, ["a.test"]);
  });
});
