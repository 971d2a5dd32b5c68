import assert from "node:assert/strict";
import fc from "fast-check";
import { Route } from "../../../../components/app/route/route";
import { originFault } from "../../../../components/app/validation/origin";
import { sampleApp } from "../sample-app";
import { problemsOf } from "./problems-of";

const said = (cors: object, route: Partial<Route> = {}): string[] =>
  problemsOf(sampleApp({ routes: [{ domain: "api.example.org", ...route, cors: cors as never }] })).map((problem) =>
    problem.replace("apps[0].routes[0].cors", ""),
  );

describe("who may read the answers of a route", () => {
  for (const cors of [
    { origins: ["*"] },
    { origins: ["https://gramener.com"], credentials: true },
    { origins: ["https://a.example:8443", "http://localhost:3000", "http://127.0.0.1:5173"], credentials: true },
    {
      origins: ["http://a.example"],
      methods: ["GET"],
      requestHeaders: ["X-A"],
      exposeHeaders: ["X-B"],
      maxAgeSeconds: 0,
    },
  ])
    it(`may be ${JSON.stringify(cors)}`, () => assert.deepEqual(said(cors), []));

  const refused: [cors: object, problem: string][] = [
    [{}, ".origins: is missing; give it a list"],
    [{ origins: [] }, ".origins: [] lets nobody read; name an origin, or leave cors out"],
    [
      { origins: ["*"], credentials: true },
      '.origins[0]: "*" is any origin, and every page of the web could read what whoever visits it may see; name the origins that may send cookies',
    ],
    [
      { origins: ["*", "https://a.example"] },
      '.origins[0]: "*" is any origin, and others are named beside it; say one of the two',
    ],
    [
      { origins: ["null"] },
      '.origins[0]: "null" is what any page can make itself, by a sandboxed frame; name the origins of the pages',
    ],
    [
      { origins: ["https://*.a.example"] },
      '.origins[0]: "https://*.a.example" has a wildcard; name each origin, or say "*" alone for any',
    ],
    [
      { origins: ["https://a.example/"] },
      '.origins[0]: "https://a.example/" is no origin; write scheme and host, e.g. "https://www.example.com", and nothing behind',
    ],
    [
      { origins: ["https://A.example"] },
      '.origins[0]: "https://A.example" has a host that has capital letters; write it as "a.example"',
    ],
    [
      { origins: ["https://a.example:443"] },
      '.origins[0]: "https://a.example:443" has the port that https has anyway, which browsers leave out; leave out ":443"',
    ],
    [
      { origins: ["http://a.example"], credentials: true },
      '.origins[0]: "http://a.example" is without TLS, so that anybody on the way could read what its visitors may see; serve it as "https://a.example", or leave credentials out',
    ],
    [
      { origins: ["https://a.example", "https://a.example"] },
      '.origins[1]: "https://a.example" is there twice; leave one out',
    ],
    [
      { origins: ["https://a.example"], requestHeaders: ["X-A: b"] },
      '.requestHeaders[0]: "X-A: b" is no name of a header; write the name alone',
    ],
    [
      { origins: ["https://a.example"], requestHeaders: ["*"] },
      '.requestHeaders[0]: "*" means all headers; name each header',
    ],
    [
      { origins: ["https://a.example"], maxAgeSeconds: 100_000 },
      ".maxAgeSeconds: 100000 is out of range; give a whole number of seconds from 0 to 86400",
    ],
  ];
  for (const [cors, problem] of refused)
    it(`may not be ${JSON.stringify(cors)}`, () => assert.deepEqual(said(cors), [problem]));

  it("may use methods only that the route answers", () =>
    assert.deepEqual(
      said({ origins: ["https://a.example"], methods: ["HEAD", "PUT", "OPTIONS"] }, { methods: ["GET"] }),
      ['.methods[1]: "PUT" is none of the route\'s own methods; add it there, or leave it out here'],
    ));
});

describe("originFault", () => {
  it("lets through only what browsers write as they read it", () => {
    const piece = fc.constantFrom(..."ab.:/@?# *", "https://", "http://", "example", "443", "\n", "é", "null");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
          fc.webUrl(),
        ),
        (text) => {
          if (originFault(text) === undefined) assert.equal(new URL(text).origin, text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
