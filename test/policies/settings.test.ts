import assert from "node:assert";
import fc from "fast-check";

import { describeProblems } from "../../components/app/problem";
import { Level } from "../../policies/finding";
import { defaultSettings, readSettings } from "../../policies/settings";

/** All that is said about settings, line by line. */
const said = (data: unknown) =>
  describeProblems("settings", readSettings(data).problems)
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/ {2,}/, ": "));

describe("readSettings", () => {
  it("takes nothing for the default", () => {
    assert.deepStrictEqual(readSettings(undefined), { settings: defaultSettings, problems: [] });
  });

  it("reads ports by number, range, name and transport", () => {
    const { settings } = readSettings({
      hosts: [{ host: "web", publicPorts: ["80", "8000-8010", "https", "443/udp"] }],
    });
    assert.deepStrictEqual(settings.hosts[0]?.publicPorts, [
      { from: 80, to: 80, transport: "tcp" },
      { from: 8000, to: 8010, transport: "tcp" },
      { from: 443, to: 443, transport: "tcp" },
      { from: 443, to: 443, transport: "udp" },
    ]);
  });

  it("tells nothing declared from an empty declaration", () => {
    const { settings } = readSettings({ hosts: [{ publicPorts: [] }] });
    assert.deepStrictEqual([settings.hosts[0]?.publicPorts, settings.hosts[0]?.domains], [[], null]);
  });

  it("sets levels of rules", () => {
    const { settings, problems } = readSettings({ levels: { "vm-imdsv2": "disabled", "hdr-nosniff": "advisory" } });
    assert.deepStrictEqual(
      [settings.levels, problems],
      [{ "vm-imdsv2": Level.Disabled, "hdr-nosniff": Level.Advisory }, []],
    );
  });

  it("says all that is wrong, at once, each with what to do", () => {
    const wrong = {
      levels: { "hdr-nosnif": "advisory", "ud-parses": "strict", "svc-not-root": "remediate" },
      hosts: [
        {
          host: "web",
          domains: ["Example.com"],
          routes: [{ domain: "a_b.example.com", path: "reports" }],
          publicPorts: ["smpt", "90-80", "80/sctp"],
          appPorts: [0, 8000],
          outbound: [{ port: "smpt" }, { port: "ldap", peer: "10.0.0.1/8" }],
          directories: { "app.service": "srv/app" },
        },
        { publicPorts: ["8000-8010"], appPorts: [8005] },
      ],
      elsewhere: ["https://example.com"],
      attested: [
        { item: "ports-open", by: "Ada", on: "2026-11-21" },
        { item: "domain-chosen", by: " ", on: "2026-02-30" },
        { item: "domain-chosen", by: "Ada" },
      ],
      exceptions: [],
    };
    assert.deepStrictEqual(said(wrong), [
      'levels["hdr-nosnif"]: is not a property that is known here; did you mean "hdr-nosniff"?',
      'levels["ud-parses"]: "strict" is not one of the choices; use one of mandatory, advisory, remediate, disabled',
      "attested[2].on: is missing; give it a text",
      "exceptions: is not a property that is known here; use one of levels, hosts, elsewhere, upstreams, attested",
      'hosts[0].domains[0]: "Example.com" has capital letters; write it as "example.com"',
      'hosts[0].routes[0].domain: "a_b.example.com" has the part "a_b", which no host name can have; use 1 to 63 letters, digits and inner hyphens between dots',
      'hosts[0].routes[0].path: "reports" does not begin at the root of the domain; begin it with a slash, e.g. /reports/',
      'hosts[0].publicPorts[0]: "smpt" is not a port, a range of ports or the name of one; write it like "443", "8000-8010" or "443/udp"',
      'hosts[0].publicPorts[1]: "90-80" is not a port, a range of ports or the name of one; write it like "443", "8000-8010" or "443/udp"',
      'hosts[0].publicPorts[2]: "80/sctp" is not a port, a range of ports or the name of one; write it like "443", "8000-8010" or "443/udp"',
      "hosts[0].appPorts[0]: 0 is not a port; use a whole number from 1 to 65535",
      'hosts[0].outbound[0].port: "smpt" is not a port, a range of ports or the name of one; write it like "smtp", "587" or "8000-8010"',
      'hosts[0].outbound[1].peer: "10.0.0.1/8" has address bits behind its first 8; write the network\'s first address, or "10.0.0.1/32"',
      'hosts[0].directories["app.service"]: "srv/app" is not an absolute path; write it from the root, e.g. /srv/app',
      "hosts[1].appPorts[0]: 8005 is a public port as well; take it out of one of the two lists: an app's port is for the web server only",
      'levels["svc-not-root"]: "remediate" is not possible: what the rule finds cannot be put right by itself; use mandatory, advisory or disabled',
      'elsewhere[0]: "https://example.com" is not a host name by itself; leave out scheme, port, path and spaces',
      'attested[0].item: "ports-open" is decided by rules and probes, not by a word; waive its findings instead',
      "attested[1].by: is empty; say who answers for it",
      'attested[1].on: "2026-02-30" is not a day; write it like "2026-11-21"',
    ]);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const { settings, problems } = readSettings(data);
        assert.ok(Array.isArray(problems) && Array.isArray(settings.hosts));
      }),
    );
  });
});
