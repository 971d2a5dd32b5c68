import assert from "node:assert/strict";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { sampleApp } from "../sample-app";
import { problemsOf } from "./problems-of";

const said = (...routes: Partial<Route>[]): string[] =>
  problemsOf(
    sampleApp({ routes: routes.map((route, index) => ({ domain: "a.example.org", path: `/${index}/`, ...route })) }),
  ).map((problem) => problem.replace("apps[0].routes", ""));

describe("the limits of a route", () => {
  for (const limits of [
    { requestsPerSecond: 20 },
    { requestsPerMinute: 5, burst: 0 },
    { connections: 10 },
    { requestsPerSecond: 1, burst: 100_000, connections: 1 },
  ])
    it(`may be ${JSON.stringify(limits)}`, () => assert.deepEqual(said({ limits }), []));

  const refused: [limits: object, problem: string][] = [
    [{}, "[0].limits: {} limits nothing; say requestsPerSecond, requestsPerMinute or connections, or leave it out"],
    [{ burst: 5 }, "[0].limits.burst: 5 has no effect without a rate; say requestsPerSecond or requestsPerMinute"],
    [
      { requestsPerSecond: 1, requestsPerMinute: 60 },
      "[0].limits.requestsPerMinute: 60 is a second rate beside requestsPerSecond; say one of the two",
    ],
    [
      { requestsPerSecond: 0.5 },
      "[0].limits.requestsPerSecond: 0.5 is out of range; give a whole number of requests from 1 to 100000",
    ],
    [{ connections: 0 }, "[0].limits.connections: 0 is out of range; give a whole number of requests from 1 to 100000"],
  ];
  for (const [limits, problem] of refused)
    it(`may not be ${JSON.stringify(limits)}`, () => assert.deepEqual(said({ limits }), [problem]));
});

describe("the methods of a route", () => {
  it("may be any, once", () => {
    assert.deepEqual(said({ methods: ["GET", "POST"] }), []);
    assert.deepEqual(said({ methods: ["GET", "GET"] }), ['[0].methods[1]: "GET" is there twice; leave one out']);
    assert.deepEqual(said({ methods: ["get"] as never }), [
      '[0].methods[0]: "get" is not one of the choices; did you mean "GET"?',
    ]);
    assert.deepEqual(said({ methods: [] }), [
      "[0].methods: [] answers nothing; name the methods, or leave it out for all",
    ]);
  });

  it("have GET where it is needed: by websockets, and by the question for the app's health", () => {
    assert.deepEqual(said({ methods: ["POST"] }), [
      '[0].methods: ["POST"] is without GET, by which the app\'s health is asked here; add GET, or give another route first',
    ]);
    assert.deepEqual(said({}, { methods: ["POST"] }), []);
    // At home is the first route with a path, wherever one with an expression stands.
    assert.deepEqual(
      said({ path: undefined, pattern: "/x/" }, { methods: ["POST"] }).map((problem) => problem.split(":")[0]),
      ["[1].methods"],
    );
    assert.deepEqual(said({}, { methods: ["POST"], websocket: true }), [
      '[1].methods: ["POST"] is without GET, by which websockets are opened; add GET, or leave websocket out',
    ]);
  });

  it("of files are those that read", () =>
    assert.deepEqual(said({ methods: ["GET", "PUT"], serve: ServeBy.Files }), [
      '[0].methods[1]: "PUT" has no effect on files; leave it out, files are only read',
    ]));
});
