import assert from "node:assert/strict";
import { forwardChains } from "../../../../components/local/machine/forward-chains";
import { hostsFile } from "../../../../components/local/machine/network";
import { seedFiles } from "../../../../components/local/machine/seed";

describe("hostsFile", () => {
  it("names each machine by its name, its full name and its aliases, in the order of their addresses", () => {
    const places = {
      sink: { number: 3, address: "10.64.0.3", aliases: ["mail.example.com"] },
      web: { number: 2, address: "10.64.0.2", aliases: [] },
    };
    assert.equal(
      hostsFile(places),
      `127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
10.64.0.2 web.internal web
10.64.0.3 sink.internal sink mail.example.com
`,
    );
  });
});

describe("seedFiles", () => {
  it("gives a machine its address, the computer as gateway, and the uplink's packet size", () => {
    const network = { id: "0badcafe", subnet: "10.64.0.0/24", gateway: "10.64.0.1", mtu: 1400 };
    const seed = seedFiles(
      { id: "0badcafe", name: "web", userData: "#cloud-config\n{}\n" },
      { address: "10.64.0.2" },
      network,
    );
    assert.equal(
      seed["network-config"],
      "version: 2\nethernets:\n  host0:\n    addresses: [10.64.0.2/24]\n    gateway4: 10.64.0.1\n    mtu: 1400\n",
    );
    assert.equal(seed["meta-data"], "instance-id: 0badcafe-web\nlocal-hostname: web\n");
  });
});

describe("forwardChains", () => {
  it("finds the chains of other programs that decide what passes through", () => {
    const listing = {
      nftables: [
        { chain: { family: "ip", table: "filter", name: "FORWARD", type: "filter", hook: "forward" } },
        { chain: { family: "inet", table: "firewalld", name: "filter_FORWARD", type: "filter", hook: "forward" } },
        { chain: { family: "ip", table: "filter", name: "INPUT", type: "filter", hook: "input" } },
        { chain: { family: "bridge", table: "x", name: "y", type: "filter", hook: "forward" } },
        { chain: { family: "ip", table: "filter", name: "DOCKER" } },
      ],
    };
    assert.deepEqual(forwardChains(listing), [
      { family: "ip", table: "filter", name: "FORWARD" },
      { family: "inet", table: "firewalld", name: "filter_FORWARD" },
    ]);
  });
});
