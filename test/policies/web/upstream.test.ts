import assert from "node:assert";

import { readNginx } from "../../../policies/reader/read-nginx";
import { isLocal, proxied } from "../../../policies/web/upstream";

/** Where a `proxy_pass` leads, in a configuration with some more lines. */
function upstreamOf(pass: string, more = "", inside = "") {
  const content = `http { ${more} server { location / { ${inside} proxy_pass ${pass}; } } }`;
  const { nginx } = readNginx([{ path: "nginx.conf", content }], "test");
  const [handed] = nginx!.servers.flatMap((server) => proxied(nginx!, server));
  return handed!.upstream;
}

const address = (host: string, port: number | null, socket = false) => ({ host, port, socket });

describe("upstreamOf", () => {
  const cases = [
    ["http://127.0.0.1:8000", address("127.0.0.1", 8000)],
    ["http://127.0.0.1:8000/$request_uri", address("127.0.0.1", 8000)],
    ["https://api.example.com/v1?a=$b", address("api.example.com", null)],
    ["http://[::1]:8000/", address("[::1]", 8000)],
    ["http://unix:/run/app.sock:/path/", address("/run/app.sock", null, true)],
    ["$scheme://localhost:8000", address("localhost", 8000)],
  ] as const;
  for (const [pass, expected] of cases)
    it(`reads ${pass}`, () => {
      assert.deepStrictEqual(upstreamOf(pass), { addresses: [expected], variable: null });
    });

  it("puts the servers of an upstream block in its place", () => {
    const more = "upstream app { server 127.0.0.1:8000 weight=2; server unix:/run/app.sock; }";
    assert.deepStrictEqual(upstreamOf("http://app/x", more).addresses, [
      address("127.0.0.1", 8000),
      address("/run/app.sock", null, true),
    ]);
  });

  it("names the variable that a request decides", () => {
    assert.deepStrictEqual(upstreamOf("http://$arg_host:80"), { addresses: [], variable: "arg_host" });
  });

  it("puts in what set and map give a variable, when all of it is constant", () => {
    const more = "map $host $app { hostnames; a.example.com 127.0.0.1:1; default 127.0.0.1:2; }";
    assert.deepStrictEqual(upstreamOf("http://$app", more).addresses, [
      address("127.0.0.1", 1),
      address("127.0.0.1", 2),
    ]);
    assert.deepStrictEqual(upstreamOf("http://$to", "", "set $to 10.0.0.1:1;").addresses, [address("10.0.0.1", 1)]);
  });

  it("does not put in what is made from a request", () => {
    assert.strictEqual(upstreamOf("http://$to", "", "set $to $arg_host;").variable, "to");
  });
});

describe("isLocal", () => {
  it("holds for sockets and loopback addresses only", () => {
    const hosts = [
      address("/run/a.sock", null, true),
      address("127.0.0.1", 1),
      address("[::1]", 1),
      address("10.0.0.1", 1),
    ];
    assert.deepStrictEqual(hosts.map(isLocal), [true, true, true, false]);
  });
});
