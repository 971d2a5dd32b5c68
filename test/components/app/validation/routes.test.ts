import assert from "node:assert/strict";
import fc from "fast-check";
import { HealthCheck } from "../../../../components/app/health-check";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

const route = (changes: Partial<Route>) => sampleApp({ routes: [{ domain: "a.example", ...changes }] });
const health = (changes: HealthCheck) => sampleApp({ health: changes });

describe("the path of a route", () => {
  for (const path of ["/", "/reports/", "/a/b/", "/it's-$5;100=ok!/", "/~user/@home/"]) {
    it(`may be ${path}`, () => {
      assert.deepEqual(problemsOf(route({ path })), []);
    });
  }

  const refused: [string, string][] = [
    ["", 'does not begin with a slash; write it as "/"'],
    ["reports", 'does not begin with a slash; write it as "/reports/"'],
    ["reports/", 'does not begin with a slash; write it as "/reports/"'],
    ["/reports", 'does not end with a slash; write it as "/reports/"'],
    ["//", "has two slashes in a row; leave one out"],
    ["/a//b/", "has two slashes in a row; leave one out"],
    ["/a/../b/", 'has "." or ".." segments, which browsers resolve before they ask; write the path they lead to'],
    ["/a b/", "has characters that a URL only carries encoded; use letters, digits and -._~!$&'()*+,;=:@"],
    ["/a%20b/", "has characters that a URL only carries encoded; use letters, digits and -._~!$&'()*+,;=:@"],
    ["/a?b/", "has characters that a URL only carries encoded; use letters, digits and -._~!$&'()*+,;=:@"],
    ["/a\n/", "has characters that a URL only carries encoded; use letters, digits and -._~!$&'()*+,;=:@"],
    ["/é/", "has characters that a URL only carries encoded; use letters, digits and -._~!$&'()*+,;=:@"],
  ];
  for (const [path, message] of refused) {
    it(`may not be ${JSON.stringify(path)}`, () => {
      assert.deepEqual(problemsOf(route({ path })), [`apps[0].routes[0].path: ${JSON.stringify(path)} ${message}`]);
    });
  }

  it("can be anything only that browsers and web servers read alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const path = `/${text}/`;
        if (problemsOf(route({ path })).length > 0) return;
        assert.equal(new URL(path, "https://a.example").pathname, path);
      }),
    );
  });
});

describe("a route", () => {
  it("has a domain that is a host name", () => {
    assert.deepEqual(problemsOf(route({ domain: "A.example" })), [
      'apps[0].routes[0].domain: "A.example" has capital letters; write it as "a.example"',
    ]);
  });

  it("has limits within bounds", () => {
    assert.deepEqual(pathsOf(route({ maxBodyMiB: 0, readTimeoutSeconds: 90000 })), [
      "apps[0].routes[0].maxBodyMiB",
      "apps[0].routes[0].readTimeoutSeconds",
    ]);
  });

  it("may strip its prefix and carry websockets", () => {
    assert.deepEqual(
      problemsOf(route({ path: "/a/", stripPrefix: true, websocket: true, readTimeoutSeconds: 600 })),
      [],
    );
  });

  for (const directory of ["../x", "/etc", "a/../../b", "a\0", "a//b"]) {
    it(`serves no files from ${JSON.stringify(directory)}`, () => {
      assert.deepEqual(pathsOf(route({ serve: ServeBy.Files, directory })), ["apps[0].routes[0].directory"]);
    });
  }

  it("names a folder only for files", () => {
    assert.deepEqual(pathsOf(route({ directory: "public" })), ["apps[0].routes[0].directory"]);
  });

  it("may be a stream, without buffers for requests", () => {
    assert.deepEqual(problemsOf(route({ stream: true, bufferRequests: false, bufferAnswers: false })), []);
  });

  it("does not hold back a stream", () => {
    assert.deepEqual(problemsOf(route({ stream: true, bufferAnswers: true })), [
      "apps[0].routes[0].bufferAnswers: true would hold back what is to be passed on at once, the route is a stream; leave it out",
    ]);
  });

  it("is below what its app is told by SCRIPT_NAME, with the prefix", () => {
    const app = (changes: Partial<Route>) => ({ ...route(changes), environment: { SCRIPT_NAME: "/app" } });
    assert.deepEqual(problemsOf(app({ path: "/app/" })), []);
    assert.deepEqual(problemsOf(app({ path: "/app/", stripPrefix: true })), [
      'apps[0].routes[0].stripPrefix: true takes off what the variable SCRIPT_NAME says is there, "/app"; leave one of them out',
    ]);
    assert.deepEqual(problemsOf(app({ path: "/apple/" })), [
      'apps[0].routes[0].path: "/apple/" is not below "/app", which the variable SCRIPT_NAME says; give one that begins with it',
    ]);
  });

  it("has no websockets, streams, bodies or timeouts for files", () => {
    const app = route({ serve: ServeBy.Files, websocket: true, stream: true, maxBodyMiB: 5, readTimeoutSeconds: 5 });
    assert.deepEqual(pathsOf(app), [
      "apps[0].routes[0].websocket",
      "apps[0].routes[0].stream",
      "apps[0].routes[0].readTimeoutSeconds",
      "apps[0].routes[0].maxBodyMiB",
    ]);
  });
});

describe("a health check", () => {
  it("takes a path with a query, a status, a text and a time", () => {
    assert.deepEqual(
      problemsOf(health({ path: "health?deep=1", status: 204, contains: "$;%\"'", startSeconds: 5 })),
      [],
    );
  });

  const refused: [HealthCheck, string][] = [
    [{ path: "/health" }, "path"],
    [{ path: "../health" }, "path"],
    [{ path: "a b" }, "path"],
    [{ path: "a#b" }, "path"],
    [{ status: 100 }, "status"],
    [{ status: 600 }, "status"],
    [{ contains: "" }, "contains"],
    [{ contains: "a\nb" }, "contains"],
    [{ startSeconds: 0 }, "startSeconds"],
  ];
  for (const [check, key] of refused) {
    it(`refuses ${JSON.stringify(check)}`, () => {
      assert.deepEqual(pathsOf(health(check)), [`apps[0].health.${key}`]);
    });
  }

  it("asks the greeting of a public port when there is no route", () => {
    const listening = { routes: [], listen: { publicPorts: [25] } };
    assert.deepEqual(problemsOf(sampleApp({ ...listening, health: { contains: "220" } })), []);
    assert.deepEqual(pathsOf(sampleApp({ ...listening, health: { path: "health", status: 200 } })), [
      "apps[0].health.path",
      "apps[0].health.status",
    ]);
  });

  it("needs something to ask", () => {
    assert.deepEqual(pathsOf(sampleApp({ routes: [], health: {} })), ["apps[0].health"]);
  });
});
