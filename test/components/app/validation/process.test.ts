import assert from "node:assert/strict";
import fc from "fast-check";
import { ListenVia } from "../../../../components/app/listen";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

describe("the command of an app", () => {
  for (const command of [
    ["gunicorn", "app:app"],
    ["bin/wiki"],
    ["/usr/bin/python3", "-m", "http"],
    ["./run"],
    ["a", ""],
  ]) {
    it(`takes ${JSON.stringify(command)}`, () => {
      assert.deepEqual(problemsOf(sampleApp({ process: { command } })), []);
    });
  }

  const refused: [string[], string][] = [
    [[], "apps[0].process.command"],
    [[""], "apps[0].process.command[0]"],
    [["gunicorn app:app"], "apps[0].process.command[0]"],
    [["../run"], "apps[0].process.command[0]"],
    [["-a"], "apps[0].process.command[0]"],
    [["@run"], "apps[0].process.command[0]"],
    [["+run"], "apps[0].process.command[0]"],
    [["A=b"], "apps[0].process.command[0]"],
    [["run", "a\nb"], "apps[0].process.command[1]"],
    [["run", "a", "b\0"], "apps[0].process.command[2]"],
  ];
  for (const [command, path] of refused) {
    it(`refuses ${JSON.stringify(command)}`, () => {
      assert.deepEqual(pathsOf(sampleApp({ process: { command } })), [path]);
    });
  }

  it("takes every argument that is one line of text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (word) => {
        fc.pre(!/[\p{Cc}]/u.test(word));
        assert.deepEqual(problemsOf(sampleApp({ process: { command: ["run", word] } })), []);
      }),
    );
  });
});

describe("the signals and times of an app", () => {
  it("are signals that can be sent", () => {
    const process = { command: ["run"], stopSignal: "SIGINT", reloadSignal: "HUP" };
    assert.deepEqual(problemsOf(sampleApp({ process })), [
      `apps[0].process.reloadSignal: "HUP" is not a signal that can be sent; ${"use one of SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGKILL, SIGPWR, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH"}`,
    ]);
  });

  for (const gracefulSeconds of [0, -1, 1.5, 3601]) {
    it(`are not ${gracefulSeconds} seconds to stop`, () => {
      const process = { command: ["run"], gracefulSeconds };
      assert.deepEqual(pathsOf(sampleApp({ process })), ["apps[0].process.gracefulSeconds"]);
    });
  }
});

describe("an app that runs nothing", () => {
  const files = { process: undefined, routes: [{ domain: "a.example", serve: "files" as const }] };

  it("is fine when the web server serves its files", () => {
    assert.deepEqual(problemsOf(sampleApp(files)), []);
  });

  it("cannot be handed requests", () => {
    assert.deepEqual(problemsOf(sampleApp({ process: undefined })), [
      'apps[0].routes[0]: hands requests to the app, but nothing runs; give process.command, or serve: "files"',
    ]);
  });

  it("has to answer somewhere", () => {
    assert.deepEqual(pathsOf(sampleApp({ process: undefined, routes: [] })), ["apps[0]"]);
  });

  it("needs no sockets, secrets, peers or sandbox", () => {
    const app = sampleApp({
      ...files,
      listen: { backlog: 10 },
      reach: [{ port: "smtp" }],
      relax: [{ directive: "PrivateTmp", value: "no", reason: "because" }],
      secrets: [{ name: "a" }],
    });
    assert.deepEqual(pathsOf(app), ["apps[0].listen", "apps[0].reach", "apps[0].relax", "apps[0].secrets"]);
  });
});

describe("the sockets of an app", () => {
  it("are a loopback port with via: port", () => {
    assert.deepEqual(problemsOf(sampleApp({ listen: { via: ListenVia.Port, port: 8080 } })), []);
  });

  it("are a port only with via: port, and then for sure", () => {
    assert.deepEqual(problemsOf(sampleApp({ listen: { port: 8080 } })), [
      'apps[0].listen.port: 8080 is given, but the app listens by activation; say via: "port", or leave it out',
    ]);
    assert.deepEqual(problemsOf(sampleApp({ listen: { via: ListenVia.Port } })), [
      'apps[0].listen.port: is missing; via: "port" needs the port that the app listens on',
    ]);
  });

  for (const port of [0, -1, 1023, 65536, 8080.5]) {
    it(`are not the loopback port ${port}`, () => {
      assert.deepEqual(pathsOf(sampleApp({ listen: { via: ListenVia.Port, port } })), ["apps[0].listen.port"]);
    });
  }

  for (const port of [0, -1, 65536]) {
    it(`are not the public port ${port}`, () => {
      assert.deepEqual(pathsOf(sampleApp({ listen: { publicPorts: [port] } })), ["apps[0].listen.publicPorts[0]"]);
    });
  }

  it("are public ports below 1024 too, since systemd opens them", () => {
    assert.deepEqual(problemsOf(sampleApp({ listen: { publicPorts: [25, 587] } })), []);
  });

  it("queue at most 65,535 connections", () => {
    assert.deepEqual(pathsOf(sampleApp({ listen: { backlog: 65536 } })), ["apps[0].listen.backlog"]);
  });
});
