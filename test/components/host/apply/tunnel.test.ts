import assert from "node:assert/strict";
import { filesTunnel } from "../../../../components/host/shared-files/tunnel";
import { python } from "./python";

const script = `
from landfall_apply.report import Failure
from landfall_apply.tunnel import resolve_tunnel

class Given:
    def parameter(self, name):
        return given["values"].get(name, "").encode() or None

try:
    files = resolve_tunnel(given["plan"], Given())
    result = [[f.path, f.content.decode(), oct(f.mode), f.uid, f.effect, list(f.units)] for f in files]
except Failure as failure:
    result = str(failure)
`;
const resolved = (value?: string, plan: object = { tunnel: filesTunnel }): unknown =>
  python(script, { plan, values: value === undefined ? {} : { "files/endpoint": value } });

describe("the tunnel to shared files", () => {
  const name = "fs-0123456789abcdef0.efs.eu-central-1.amazonaws.com";

  it("leads to the port of NFS, and believes only a server with the name that it was told", () => {
    const [[path, content, ...others]] = resolved(name) as [[string, string, ...unknown[]]];
    assert.equal(path, "/etc/landfall/files-tunnel.conf");
    assert.deepEqual(others, [
      "0o644",
      0,
      "restart",
      ["landfall-files-tunnel.service", "var-lib-landfall-shared.mount"],
    ]);
    for (const line of [
      "client = yes",
      "accept = 127.0.0.1:20049",
      `connect = ${name}:2049`,
      "verifyChain = yes",
      "CAfile = /etc/ssl/certs/ca-certificates.crt",
      `checkHost = ${name}`,
    ])
      assert.ok(content.split("\n").includes(line), `${line} is missing in\n${content}`);
  });

  it("is nothing on a host that shares none", () => assert.deepEqual(resolved(undefined, {}), []));

  it("has to be told where", () =>
    assert.equal(resolved(), "no value for files/endpoint, the name of the server that shared files are on; set it"));

  for (const wrong of [
    "fs-1.example\nexec = /bin/sh",
    "fs-1 example",
    "-fs.example",
    "fs..example",
    "FS.example",
    "fs.example.",
  ])
    it(`refuses ${JSON.stringify(wrong)}, which names no server`, () =>
      assert.match(String(resolved(wrong)), /^parameter files\/endpoint is '.*', which is not the name of a server$/));
});
