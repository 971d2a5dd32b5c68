import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { guest } from "../../../../components/host/guest";
import { stunnelConfiguration } from "../../../../components/host/stunnel/configuration";
import { renderStunnel, stunnelValue } from "../../../../components/host/stunnel/settings";
import { assertGolden } from "../golden";

describe("stunnel's configuration", () => {
  const text = stunnelConfiguration(
    [{ port: 443, names: ["a.example.com", "www.example.com"] }],
    8080,
    3600,
    guest(12),
  );

  it("is as in stunnel.conf", () => assertGolden(join(__dirname, "golden/stunnel.conf"), text));

  it("listens on each port by IPv4 and IPv6, for the names of that port", () => {
    const ports = [
      { port: 443, names: ["www.example.com"] },
      { port: 9988, names: ["a.example.com", "b.example.com"] },
    ];
    const many = stunnelConfiguration(ports, 8080, 3600, guest(12));
    assert.deepEqual(many.match(/^(?:\[.*\]|(?:accept|sni) = .*)$/gm), [
      ...["[https]", "accept = 0.0.0.0:443", "[https6]", "accept = :::443"],
      ...["[https-9988]", "accept = 0.0.0.0:9988", "[https-9988.b.example.com]", "sni = https-9988:b.example.com"],
      ...["[https6-9988]", "accept = :::9988", "[https6-9988.b.example.com]", "sni = https6-9988:b.example.com"],
    ]);
  });

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
