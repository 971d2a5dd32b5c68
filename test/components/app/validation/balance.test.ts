import assert from "node:assert/strict";
import { App, BalancedServer, BalanceMethod, ListenVia, Process, ServeBy } from "../../../../components";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const certificate = ["-----BEGIN CERTIFICATE-----", "TUlJQ", "-----END CERTIFICATE-----", ""].join("\n");

const two: BalancedServer[] = [
  { address: "10.0.1.12", port: 8080 },
  { address: "10.0.1.13", port: 8080 },
];

/** An app that runs elsewhere. */
function remote(changes: Partial<App> = {}): App {
  const { process, ...rest } = sampleApp({ source: {}, servers: two });
  assert.ok(process);
  return { ...rest, ...changes };
}

/** An app with several instances. */
function several(changes: Partial<App> = {}, process: Partial<Process> = {}): App {
  return sampleApp({ process: { command: ["serve"], instances: 3, ...process }, ...changes });
}

describe("an app that runs elsewhere", () => {
  const taken: Record<string, App> = {
    "servers by their addresses": remote(),
    "servers by IPv6": remote({ servers: [{ address: "fd00::12", port: 80 }] }),
    "servers by name": remote({ servers: [{ address: "web-1.internal", port: 80 }] }),
    "the internet with TLS": remote({ servers: [{ address: "203.0.113.7", port: 443 }], serversTls: {} }),
    "an authority and a name": remote({ serversTls: { name: "shop.internal", authority: certificate } }),
    "several ports of one address": remote({ servers: [two[0]!, { ...two[0]!, port: 8081 }] }),
    "a backup": remote({ servers: [two[0]!, { ...two[1]!, backup: true }] }),
    "everything said": remote({
      servers: two.map((server, index) => ({ ...server, weight: index + 1, maxConnections: 100 })),
      balance: { method: BalanceMethod.LeastConnections, sticky: true, failSeconds: 5, maxFails: 3, queueSeconds: 10 },
    }),
    "files of a source beside them": remote({
      source: { directory: "site" },
      routes: [{ domain: "a.example.com" }, { domain: "a.example.com", path: "/static/", serve: ServeBy.Files }],
    }),
  };
  for (const [what, app] of Object.entries(taken))
    it(`takes ${what}`, () => {
      assert.deepEqual(problemsOf(app), []);
    });

  const refused: Record<string, [App, string]> = {
    "a process beside them": [remote({ process: { command: ["serve"] } }), "apps[0].servers"],
    "no servers at all": [remote({ servers: [] }), "apps[0].servers"],
    "no route": [remote({ routes: [] }), "apps[0].servers"],
    "only routes of files": [
      remote({ source: { directory: "site" }, routes: [{ domain: "a.example.com", serve: ServeBy.Files }] }),
      "apps[0].servers",
    ],
    "a source that nothing uses": [remote({ source: { directory: "site" } }), "apps[0].source"],
    "a socket of the app": [remote({ listen: { backlog: 10 } }), "apps[0].listen"],
    "an environment": [remote({ environment: { A: "b" } }), "apps[0].environment"],
    secrets: [remote({ secrets: [{ name: "a" }] }), "apps[0].secrets"],
    "nothing but backups": [remote({ servers: two.map((one) => ({ ...one, backup: true })) }), "apps[0].servers"],
    "the same server twice": [remote({ servers: [two[0]!, two[0]!] }), "apps[0].servers[1]"],
    "a URL": [remote({ servers: [{ address: "http://10.0.0.1", port: 80 }] }), "apps[0].servers[0].address"],
    "a name nobody can have": [remote({ servers: [{ address: "a_b", port: 80 }] }), "apps[0].servers[0].address"],
    "an IPv6 zone": [remote({ servers: [{ address: "fe80::1%eth0", port: 80 }] }), "apps[0].servers[0].address"],
    "port 0": [remote({ servers: [{ address: "10.0.0.1", port: 0 }] }), "apps[0].servers[0].port"],
    "a weight of 0": [remote({ servers: [{ ...two[0]!, weight: 0 }, two[1]!] }), "apps[0].servers[0].weight"],
    "half a connection": [
      remote({ servers: [{ ...two[0]!, maxConnections: 0.5 }] }),
      "apps[0].servers[0].maxConnections",
    ],
    "plain HTTP over the internet": [
      remote({ servers: [{ address: "203.0.113.7", port: 80 }] }),
      "apps[0].servers[0].address",
    ],
    "a key for an authority": [
      remote({ serversTls: { authority: certificate.replaceAll("CERTIFICATE", "PRIVATE KEY") } }),
      "apps[0].serversTls.authority",
    ],
    "an address for the certificate's name": [remote({ serversTls: { name: "10.0.0.1" } }), "apps[0].serversTls.name"],
    "a client that sticks to one server": [
      remote({ servers: [two[0]!], balance: { sticky: true } }),
      "apps[0].balance.sticky",
    ],
    "a method for one server": [
      remote({ servers: [two[0]!], balance: { method: BalanceMethod.RoundRobin } }),
      "apps[0].balance.method",
    ],
    "failures of one server, which is asked whatever it does": [
      remote({ servers: [two[0]!], balance: { failSeconds: 10 } }),
      "apps[0].balance.failSeconds",
    ],
    "two ways to stay": [
      remote({ balance: { method: BalanceMethod.ClientAddress, sticky: true } }),
      "apps[0].balance.sticky",
    ],
    "a queue before servers without a limit": [
      remote({ balance: { queueSeconds: 5 } }),
      "apps[0].balance.queueSeconds",
    ],
    "no time to fail": [remote({ balance: { failSeconds: 0 } }), "apps[0].balance.failSeconds"],
    "no attempt": [remote({ balance: { maxFails: 0 } }), "apps[0].balance.maxFails"],
  };
  for (const [what, [app, path]] of Object.entries(refused))
    it(`refuses ${what}`, () => {
      assert.deepEqual(pathsOf(app), [path]);
    });
});

describe("several instances of an app", () => {
  it("are taken with sockets of systemd", () => {
    assert.deepEqual(problemsOf(several({ balance: { sticky: true } })), []);
  });

  it("may be one, as with an app that does not say", () => {
    assert.deepEqual(problemsOf(several({ listen: { via: ListenVia.Port, port: 8000 } }, { instances: 1 })), []);
  });

  const refused: Record<string, [App, string]> = {
    "a port they would all open": [several({ listen: { via: ListenVia.Port, port: 8000 } }), "apps[0].listen.via"],
    "a socket they would all make": [several({ listen: { via: ListenVia.Socket } }), "apps[0].listen.via"],
    "public ports": [several({ listen: { publicPorts: [2525] } }), "apps[0].listen.publicPorts"],
    "no route": [several({ routes: [] }), "apps[0].process.instances"],
    "none of them": [several({}, { instances: 0 }), "apps[0].process.instances"],
    "half of one": [several({}, { instances: 1.5 }), "apps[0].process.instances"],
    "more than a host runs": [several({}, { instances: 65 }), "apps[0].process.instances"],
    "sharing out where there is one": [several({ balance: { sticky: true } }, { instances: 1 }), "apps[0].balance"],
    "a queue before them": [several({ balance: { queueSeconds: 5 } }), "apps[0].balance.queueSeconds"],
  };
  for (const [what, [app, path]] of Object.entries(refused))
    it(`refuse ${what}`, () => {
      assert.deepEqual(pathsOf(app), [path]);
    });
});

describe("an app without servers", () => {
  it("cannot say how to ask them by TLS", () => {
    assert.deepEqual(pathsOf(sampleApp({ serversTls: {} })), ["apps[0].serversTls"]);
  });
});
