import assert from "node:assert/strict";
import fc from "fast-check";
import { ServeBy } from "../../../../components/app/route/route";
import { matchesPattern, renderPattern } from "../../../../components/app/route/pattern";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "../validation/problems-of";

/** What is wrong with an app whose health is asked at its only route, a pattern. */
const problems = (pattern: string): string[] =>
  problemsOf(sampleApp({ routes: [{ domain: "a.example" }, { domain: "a.example", pattern }] })).map((problem) =>
    problem.replace("apps[0].routes[1].pattern: ", "").replace(`${JSON.stringify(pattern)} `, ""),
  );

describe("the pattern of a route", () => {
  const rendered: [written: string, expression: string][] = [
    ["/dataserver[2]?|/.*/Search/|/socket.io/", "^(?:/dataserver[2]?|/.*/Search/|/socket.io/)"],
    ["/api/v\\d+/", "^/api/v[0-9]+/"],
    ["/(a|b)/x$", "^/(?:a|b)/x$"],
    ["/(?:ab)+c", "^/(?:ab)+c"],
    ["/[a-fA-F0-9_.-]{2,}/", "^/[\\-.0-9A-F_a-f]{2,}/"],
    ["/[^/]+/edit$", "^/[^/]+/edit$"],
    ["/socket\\.io/", "^/socket\\.io/"],
    ["/a\\-b\\/c", "^/a-b/c"],
    ["/w{3}/x{1,2}y?", "^/w{3}/x{1,2}y?"],
    ["/[\\w~]+/x", "^/[0-9A-Z_a-z~]+/x"],
  ];
  for (const [written, expression] of rendered) {
    it(`may be ${written}`, () => {
      assert.deepEqual(problems(written), []);
      assert.equal(renderPattern(written), expression);
    });
  }

  const refused: [pattern: string, problem: string][] = [
    ["^/a", 'has a "^"; leave it out: a pattern begins where the path does'],
    ["a/", "does not begin with a slash, as every path does; begin it with one, as in /.*/search/"],
    [".*/a/", "does not begin with a slash, as every path does; begin it with one, as in /.*/search/"],
    ["/a|b", "does not begin with a slash, as every path does; begin each of its choices with one"],
    ["", "does not begin with a slash, as every path does; begin it with one, as in /.*/search/"],
    ["/(a", 'has a "(" that is not closed; close it, or write it as "\\("'],
    ["/a)", 'has a ")" that closes nothing; write it as "\\)"'],
    ["/[a", 'has a "[" that is not closed; close it, or write it as "\\["'],
    ["/()", 'has an empty group; leave "()" out'],
    ["/[]", 'has a class without characters; leave "[]" out'],
    ["/[z-a]", 'has a class with a range that leads nowhere; write it from the smaller on, as in "a-z"'],
    ["/[[:alpha:]]", 'has a "[" within a class; write it as "\\["'],
    ["/**", "has one repeat behind another; leave one out"],
    ["/a+?", "has one repeat behind another; leave one out"],
    ["/|*", 'has a "*" with nothing before it to repeat; write it as "\\*"'],
    ["/a{x}", 'has a "{" that begins no count; write {2}, {2,} or {2,4}, or "\\{"'],
    ["/a{3,2}", "counts {3,2}; count from the smaller on"],
    ["/(?=a)", 'has a group that begins with "(?"; use plain groups, "(...)" or "(?:...)"'],
    ["/(?<name>a)", 'has a group that begins with "(?"; use plain groups, "(...)" or "(?:...)"'],
    ["/(a)\\1", 'refers back to a group by "\\1"; write out what is to be there'],
    ["/\\bword", 'has "\\b", which is not of the common subset; use \\d, \\w or a class such as [a-z]'],
    ["/a$b", 'has more behind "$", where the path has ended; leave it out, or write "\\$"'],
    [
      "/a b",
      'has " ", which web servers read differently or a path never has; leave it out; paths are held decoded against it',
    ],
    [
      "/a%20b",
      'has "%", which web servers read differently or a path never has; leave it out; paths are held decoded against it',
    ],
    [`/${"a".repeat(200)}`, "has more than 200 characters; write several routes"],
  ];
  for (const [pattern, problem] of refused) {
    it(`may not be ${pattern.slice(0, 20)}`, () => {
      assert.deepEqual(
        problems(pattern).map((said) => said.replace(/^.*characters\) /, "")),
        [problem],
      );
    });
  }

  for (const pattern of [
    "/(a+)+b",
    "/(a|a)*b",
    "/(a|ab)*c",
    "/.*.*.*x",
    "/.*/a/.*b",
    "/(a?){30}b",
    `/${"a?".repeat(30)}b`,
  ]) {
    it(`may not be ${pattern.slice(0, 20)}, which could keep a web server busy`, () => {
      const [said, ...others] = problems(pattern);
      assert.deepEqual(others, []);
      assert.match(said ?? "", /so that one request could keep the web server busy/);
    });
  }

  it("may not count into copies without end", () => {
    assert.match(
      problems("/((a{100}){100}){100}")[0] ?? "",
      /has more than 2000 characters once its counts are written out/,
    );
  });

  it("stands in place of a path, for an app that sees the path as it is", () => {
    const wrong = { domain: "a.example", pattern: "/a/", path: "/a/", stripPrefix: true, serve: ServeBy.Files };
    assert.deepEqual(pathsOf(sampleApp({ routes: [{ domain: "b.example" }, wrong] })), [
      "apps[0].routes[1].path",
      "apps[0].routes[1].stripPrefix",
      "apps[0].routes[1].serve",
    ]);
  });

  it("has to match where health is asked, when the app has no path", () => {
    const routes = [{ domain: "a.example", pattern: "/api/v\\d/" }];
    assert.deepEqual(problemsOf(sampleApp({ routes })), [
      'apps[0].health.path: is "/", which the pattern of the first route does not match, and no route has a path; ' +
        "give one that it matches, without its first slash",
    ]);
    assert.deepEqual(problemsOf(sampleApp({ routes, health: { path: "api/v2/health?deep" } })), []);
  });

  it("is held against the beginning of a path", () => {
    const seed = "/dataserver[2]?|/.*/Search/|/socket.io/";
    const paths = ["/dataserver", "/dataserver2/x", "/library/Search/", "/socket.io/", "/Search/", "/x/dataserver"];
    assert.deepEqual(
      paths.filter((path) => matchesPattern(seed, path)),
      ["/dataserver", "/dataserver2/x", "/library/Search/", "/socket.io/"],
    );
  });

  /** Texts made of what patterns are made of. */
  const texts = fc
    .array(
      fc.constantFrom("/", "a", "b", ".", "*", "+", "?", "(", ")", "|", "[ab]", "[^/]", "{2}", "{1,3}", "\\d", "$"),
      {
        maxLength: 14,
      },
    )
    .map((parts) => `/${parts.join("")}`);

  it("means the same as it is written", () => {
    fc.assert(
      fc.property(texts, fc.string({ unit: fc.constantFrom("/", "a", "b", "1"), maxLength: 12 }), (text, rest) => {
        if (problems(text).length > 0) return;
        assert.equal(matchesPattern(text, `/${rest}`), new RegExp(`^(?:${text})`, "s").test(`/${rest}`), text);
      }),
      { numRuns: 2000 },
    );
  });

  it("is done soon with any path", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom("a", "b", "ab", "/a", "a/", "1"), (text, part) => {
        if (problems(text).length > 0) return;
        const began = performance.now();
        matchesPattern(text, `/${part.repeat(12_000)}!`);
        assert.ok(performance.now() - began < 2000, `${text} took ${performance.now() - began} ms`);
      }),
      { numRuns: 2000 },
    );
  });
});
