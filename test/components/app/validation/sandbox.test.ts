import assert from "node:assert/strict";
import { Reach } from "../../../../components/app/reach";
import { Relaxation } from "../../../../components/app/relaxation";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const reach = (...reach: Reach[]) => sampleApp({ reach });
const relax = (changes: Partial<Relaxation>) =>
  sampleApp({ relax: [{ directive: "MemoryDenyWriteExecute", value: "no", reason: "cffi callbacks", ...changes }] });

describe("what an app may reach", () => {
  it("is named by purpose, port or range, and peer", () => {
    const app = reach(
      { port: "submission", peer: "mail.example.com" },
      { port: "ldaps", peer: "10.0.0.0/8" },
      { port: "5432", peer: "2001:db8::/32" },
      { port: "8000-8010" },
    );
    assert.deepEqual(problemsOf(app), []);
  });

  const ports: [string, string][] = [
    ["submision", 'did you mean "submission"?'],
    ["gopher", "use one of ssh, smtp, http, ldap, https, smtps, submission, ldaps, rdp, a port or a range"],
    ["0", 'give a port from 1 to 65535 or a range like "8000-8010"'],
    ["65536", 'give a port from 1 to 65535 or a range like "8000-8010"'],
    ["8010-8000", 'write it as "8000-8010"'],
  ];
  for (const [port, fix] of ports) {
    it(`is not the port ${port}`, () => {
      assert.deepEqual(problemsOf(reach({ port })), [
        `apps[0].reach[0].port: "${port}" is not a purpose, port or range; ${fix}`,
      ]);
    });
  }

  const peers: [string, string][] = [
    ["10.0.0.1", 'is an address without a prefix length; write it as "10.0.0.1/32"'],
    ["10.0.0.1/8", `has address bits behind its first 8; write the network's first address, or "10.0.0.1/32"`],
    ["Mail.example.com", 'has capital letters; write it as "mail.example.com"'],
    ["mail.example.com/24", 'is not an address range; write it like "10.0.0.0/8"'],
    ["", 'is empty; give a host name, e.g. "www.example.com"'],
  ];
  for (const [peer, message] of peers) {
    it(`is not the peer ${JSON.stringify(peer)}`, () => {
      assert.deepEqual(problemsOf(reach({ port: "smtp", peer })), [
        `apps[0].reach[0].peer: ${JSON.stringify(peer)} ${message}`,
      ]);
    });
  }
});

describe("a relaxation of the sandbox", () => {
  it("names a directive, its value and the reason", () => {
    assert.deepEqual(problemsOf(relax({})), []);
  });

  it("may set a directive to nothing, which resets a list", () => {
    assert.deepEqual(problemsOf(relax({ directive: "SystemCallFilter", value: "" })), []);
  });

  it("suggests the directive that was meant", () => {
    assert.deepEqual(problemsOf(relax({ directive: "MemoryDenyWriteExec" })), [
      'apps[0].relax[0].directive: "MemoryDenyWriteExec" is not part of the sandbox; did you mean "MemoryDenyWriteExecute"?',
    ]);
  });

  for (const directive of ["ExecStart", "User", "Environment", "LoadCredential", "PrivateTmp=no\nUser"]) {
    it(`cannot be ${JSON.stringify(directive)}`, () => {
      assert.deepEqual(pathsOf(relax({ directive })), ["apps[0].relax[0].directive"]);
    });
  }

  it("gives its reason, in one line", () => {
    assert.deepEqual(problemsOf(relax({ reason: " " })), [
      'apps[0].relax[0].reason: " " is empty; say why this app needs it',
    ]);
    assert.deepEqual(pathsOf(relax({ reason: "a\nUser=root" })), ["apps[0].relax[0].reason"]);
    assert.deepEqual(pathsOf(relax({ value: "no\nUser=root" })), ["apps[0].relax[0].value"]);
  });
});
