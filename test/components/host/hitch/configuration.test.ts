import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { guest } from "../../../../components/host/guest";
import { hitchConfiguration } from "../../../../components/host/hitch/configuration";
import { hitchString, renderHitch } from "../../../../components/host/hitch/settings";
import { combinedFolder } from "../../../../components/host/tls/combined";
import { keyAndCertificate } from "../../../loopback/self-signed";
import { frontPrograms } from "../debian-program";
import { assertGolden } from "../golden";

const domains = ["a.example.com", "www.example.com"];
const ports = [{ port: 443, names: domains }];

describe("hitch's configuration", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "landfall-hitch-"));
  after(() => rmSync(folder, { recursive: true }));

  before(() => {
    for (const domain of domains) writeFileSync(join(folder, `${domain}.pem`), keyAndCertificate(domain));
  });
  const here = (text: string): string =>
    text
      .replaceAll(combinedFolder, folder)
      .replaceAll("_hitch", "nobody")
      .replace('group = "nobody"', 'group = "nogroup"');

  const complaints = (text: string): string => {
    const file = join(folder, "hitch.conf");
    writeFileSync(file, text);
    const { hitch, env } = frontPrograms();
    const { status, stderr } = spawnSync(hitch, ["--test", "--config", file], { encoding: "utf8", env });
    return status === 0 ? "" : stderr;
  };

  it("is as in hitch.conf", () =>
    assertGolden(join(__dirname, "golden/hitch.conf"), hitchConfiguration(ports, 8080, guest(12))));

  it("is taken by hitch", () => {
    assert.equal(complaints(here(hitchConfiguration(ports, 8080, guest(12)))), "");
  });

  it("has for each port the certificates of its names, and is taken by hitch", () => {
    const two = [...ports, { port: 9988, names: ["www.example.com"] }];
    const text = hitchConfiguration(two, 8080, guest(12));
    assert.deepEqual(
      [...text.matchAll(/frontend = \{([^}]*)\}/g)].map(([, inner]) => inner!.match(/\d+(?=")|[\w.]+(?=\.pem")/g)),
      [
        ["443", ...domains],
        ["9988", "www.example.com"],
      ],
    );
    assert.doesNotMatch(text, /^pem-file/m);
    assert.equal(complaints(here(text)), "");
  });

  it("names TLS 1.2 and 1.3 alone", () => {
    for (const debian of [12, 13])
      assert.deepEqual(hitchConfiguration(ports, 8080, guest(debian)).match(/tls-protos = .*/g), [
        "tls-protos = TLSv1.2 TLSv1.3",
      ]);
  });

  it("has no text that would end before its quote does", () => {
    const nasty = fc.array(fc.constantFrom(..."\"'\\#{}=\n a"), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(nasty, (text) => {
        if (/["\\\n]/.test(text)) assert.throws(() => hitchString(text), /hitch cannot carry/);
        else assert.equal(renderHitch([{ key: "chroot", value: text }]), `chroot = "${text}"\n`);
      }),
    );
  });

  it("has no words or settings that are none", () => {
    assert.throws(() => renderHitch([{ key: "tls-protos", value: { words: ["TLSv1.2 x"] } }]), /no word of hitch/);
    assert.throws(() => renderHitch([{ key: "a = b\nuser", value: "root" }]), /no setting of hitch/);
  });
});
