import assert from "node:assert/strict";
import { nginxOf } from "./configurations";

describe("listensOf", () => {
  const table: [directives: string, expected: unknown[]][] = [
    ["", ["*", 80, false]],
    ["listen 443 ssl;", ["*", 443, true]],
    ["listen *:8080;", ["*", 8080, false]],
    ["listen 10.0.0.1;", ["10.0.0.1", 80, false]],
    ["listen localhost:8000;", ["localhost", 8000, false]],
    ["listen [::]:443 ssl http2;", ["[::]", 443, true]],
    ["listen [::1];", ["[::1]", 80, false]],
    ["listen unix:/run/nginx.sock;", ["unix:/run/nginx.sock", null, false]],
    ["listen 8000-8010;", ["*", null, false]],
    ["listen 443; ssl on;", ["*", 443, true]],
  ];
  for (const [directives, expected] of table) {
    it(`reads ${JSON.stringify(directives)}`, () => {
      const [server] = nginxOf(`server { ${directives} }`).servers;
      const [listen] = server?.listens ?? [];
      assert.deepEqual([listen?.address, listen?.port, listen?.ssl, server?.tls], [...expected, expected[2]]);
    });
  }

  it("knows default servers and QUIC", () => {
    const [server] = nginxOf("server { listen 443 quic reuseport; listen 443 ssl default_server; }").servers;
    assert.deepEqual(
      server?.listens.map(({ quic, defaultServer }) => [quic, defaultServer]),
      [
        [true, false],
        [false, true],
      ],
    );
  });
});
