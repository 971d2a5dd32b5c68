import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localOutputs, writeCertificate } from "../../../toolchain/commands/local-outputs";
import { mergeMachines, type Status, statusJson, statusLines } from "../../../toolchain/commands/status";

const running: Status = {
  engine: { kind: "built", version: "3.259.0" },
  stack: "local",
  machines: [{ name: "web", address: "10.64.1.3", state: "running" }],
  sites: [
    { app: "blog", url: "https://landfall.localhost:8443/", healthy: true, reason: "" },
    { app: "reports", url: "https://landfall.localhost:8443/reports/", healthy: false, reason: "answers 502, not 200" },
  ],
  caFile: "/x/.landfall/ca.pem",
};
const nothing: Status = { ...running, machines: [], sites: [] };

describe("status", () => {
  it("is one JSON object of a settled shape", () => {
    assert.deepEqual(statusJson(running), {
      engine: { kind: "built", version: "3.259.0" },
      stack: "local",
      machines: [{ name: "web", address: "10.64.1.3", state: "running" }],
      sites: [
        { app: "blog", url: "https://landfall.localhost:8443/", healthy: true },
        { app: "reports", url: "https://landfall.localhost:8443/reports/", healthy: false },
      ],
      caFile: "/x/.landfall/ca.pem",
    });
    assert.deepEqual(statusJson(nothing), { ...nothing });
  });

  it("shows each address, its health, how to open it, look inside and stop", () => {
    const text = statusLines(running).join("\n");
    assert.match(text, /^https:\/\/landfall\.localhost:8443\/ +blog +answers$/m);
    assert.match(text, /^https:\/\/landfall\.localhost:8443\/reports\/ +reports +answers 502, not 200$/m);
    assert.match(text, /^web +10\.64\.1\.3 +running +npm run shell -- web$/m);
    assert.match(text, /curl --cacert \/x\/\.landfall\/ca\.pem https:\/\/landfall\.localhost:8443\/$/m);
    assert.match(text, /npm run down/);
  });

  it("leaves out the sites where none answers yet", () => {
    const lines = statusLines({ ...running, sites: [] });
    assert.equal(lines[0], "Machine  Address    State    Look inside");
    assert.ok(!lines.some((line) => /curl|browser/.test(line)));
  });

  it("says how to start when nothing runs", () => {
    assert.match(statusLines(nothing).join("\n"), /^Nothing runs\.\nStart it with: npm run up/);
  });

  it("lists machines that only the stack, or only the computer, knows of", () => {
    const seen = [{ name: "web", address: "10.64.1.3", state: "half-made" }];
    const known = [
      { name: "mail", address: "10.64.1.2" },
      { name: "web", address: "10.64.1.3" },
    ];
    assert.deepEqual(mergeMachines(known, seen), [
      { name: "mail", address: "10.64.1.2", state: "missing" },
      { name: "web", address: "10.64.1.3", state: "half-made" },
    ]);
    assert.deepEqual(mergeMachines([], seen), seen);
  });
});

describe("outputs of the local stack", () => {
  it("are empty where an up has not ended", () => {
    const empty = { id: undefined, machines: [], sites: [], caCertificate: "" };
    assert.deepEqual(localOutputs({}), empty);
    assert.deepEqual(localOutputs({ id: 4, machines: null, sites: "x", caCertificate: undefined }), empty);
  });

  it("become a certificate file that others can read, written only when it differs", () => {
    const folder = mkdtempSync(join(tmpdir(), "landfall-ca-"));
    try {
      const file = join(folder, "new", "ca.pem");
      writeCertificate(file, "PEM 1\n");
      assert.equal(readFileSync(file, "utf8"), "PEM 1\n");
      assert.equal(statSync(file).mode & 0o777, 0o644);
      utimesSync(file, 1, 1);
      writeCertificate(file, "PEM 1\n");
      writeCertificate(file, "");
      assert.equal(statSync(file).mtimeMs, 1000);
      writeCertificate(file, "PEM 2\n");
      assert.equal(readFileSync(file, "utf8"), "PEM 2\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
