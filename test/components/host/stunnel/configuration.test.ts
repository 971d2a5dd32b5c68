import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { guest } from "../../../../components/host/guest";
import { stunnelConfiguration } from "../../../../components/host/stunnel/configuration";
import { renderStunnel, stunnelValue } from "../../../../components/host/stunnel/settings";
import { assertGolden } from "../golden";

describe("stunnel's configuration", () => {
  const text = stunnelConfiguration(["a.example.com", "www.example.com"], 8080, 3600, guest(12));

  it("is as in stunnel.conf", () => assertGolden(join(__dirname, "golden/stunnel.conf"), text));

  it("takes no version of TLS before 1.2", () =>
    assert.deepEqual(new Set(text.match(/sslVersion.*/g)), new Set(["sslVersionMin = TLSv1.2"])));

  it("has no value that would start another line", () => {
    const nasty = fc.array(fc.constantFrom(..."[]=;#\n\r a"), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(nasty, (value) => {
        if (/[\n\r]|^\s|\s$/.test(value)) assert.throws(() => stunnelValue(value), /stunnel cannot carry/);
        else assert.equal(renderStunnel([{ settings: [["connect", value]] }]), `connect = ${value}\n`);
      }),
    );
  });

  it("has no service whose name would end early", () =>
    assert.throws(() => renderStunnel([{ service: "a]\ncert = /etc/shadow\n[b", settings: [] }]), /cannot name/));
});
