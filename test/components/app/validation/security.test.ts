import assert from "node:assert/strict";
import { Route, ServeBy } from "../../../../components/app/route/route";
import { SecurityPreset, ServedFiles } from "../../../../components/app/route/security";
import { sampleApp } from "../sample-app";
import { problemsOf } from "./problems-of";

const said = (security: object, route: Partial<Route> = {}): string[] =>
  problemsOf(sampleApp({ routes: [{ domain: "www.example.org", ...route, security }] })).map((problem) =>
    problem.replace("apps[0].routes[0].security", ""),
  );

describe("the security of a route", () => {
  for (const preset of Object.values(SecurityPreset))
    it(`may be the preset ${preset}`, () => assert.deepEqual(said({ preset }), []));

  it("is told which presets there are", () =>
    assert.deepEqual(said({ preset: "stritc" }), [
      '.preset: "stritc" is not one of the choices; did you mean "strict"?',
    ]));

  it("offers no referrer policy that tells other sites a path", () =>
    assert.match(said({ referrerPolicy: "unsafe-url" }).join(), /"unsafe-url" is not one of the choices/));

  it("passes no Server through where no app answers", () =>
    assert.deepEqual(said({ server: "app" }, { serve: ServeBy.Files }), [
      '.server: "app" has no effect on files, no app answers; leave it out',
    ]));
});

describe("files that are allowed", () => {
  const allow = (...names: string[]) => said({ preset: SecurityPreset.Gramex, allow: names });

  it("are named, or told by a pattern", () =>
    assert.deepEqual(allow("data.csv", "*.xlsx", "report-20??.pdf.zip", "a'b\"c $d.csv", "é.db"), []));

  const refused: [name: string, reason: string][] = [
    ["", 'is empty; give a name such as "data.csv" or "*.xlsx"'],
    ["*", "has no dot, and such paths are left to the app anyway; leave it out"],
    ["*.*", 'would be all files; say files: "any" if that is meant'],
    ["data/x.csv", "is more than the name of a file; use * and ?, and give files of one folder a route of their own"],
    ["x;.csv", "is more than the name of a file; use * and ?, and give files of one folder a route of their own"],
    ["[a-z].csv", "is more than the name of a file; use * and ?, and give files of one folder a route of their own"],
    [".env", "is hidden, and hidden files are never answered; give the file another name"],
    ["x.csv\n", 'contains a line break; give a name such as "data.csv" or "*.xlsx"'],
  ];
  for (const [name, reason] of refused)
    it(`are not ${JSON.stringify(name)}`, () =>
      assert.deepEqual(allow(name), [`.allow[0]: ${JSON.stringify(name)} ${reason}`]));

  it("need a rule that they are exceptions of", () => {
    const reason = 'has no effect where all files are answered; say files: "content", or leave it out';
    assert.deepEqual(said({ allow: ["data.csv"] }), [`.allow: ["data.csv"] ${reason}`]);
    assert.deepEqual(said({ preset: SecurityPreset.Gramex, files: ServedFiles.Any, allow: ["data.csv"] }), [
      `.allow: ["data.csv"] ${reason}`,
    ]);
  });
});

describe("who may frame a page", () => {
  for (const framedBy of [[], ["self"], ["*"], ["self", "https://intranet.example.com:8443"]])
    it(`may be ${JSON.stringify(framedBy)}`, () => assert.deepEqual(said({ framedBy }), []));

  it("is named as browsers do", () =>
    assert.deepEqual(said({ framedBy: ["'self'", "https://a.example/", "*", "example.com; x"] }), [
      '.framedBy[0]: "\'self\'" is no origin; write it as "self"',
      '.framedBy[1]: "https://a.example/" is no origin; write scheme and host, e.g. "https://www.example.com", and nothing behind',
      '.framedBy[2]: "*" is anybody, and others are named beside it; say one of the two',
      '.framedBy[3]: "example.com; x" is no origin; write scheme and host, e.g. "https://www.example.com", and nothing behind',
    ]));
});

describe("permissions", () => {
  it("are of features, for oneself, origins, all or nobody", () =>
    assert.deepEqual(said({ permissionsPolicy: { camera: "self https://a.example", usb: "", midi: "*" } }), []));

  it("are refused where a browser would read something else", () =>
    assert.deepEqual(said({ permissionsPolicy: { Camera: "", usb: "* self", midi: "none" } }), [
      '.permissionsPolicy.Camera: "" is for no feature of browsers; use its name, such as camera',
      '.permissionsPolicy.usb: "* self" is anybody, and others beside; say one of the two',
      '.permissionsPolicy.midi: "none" names none, which is no origin; write scheme and host, e.g. "https://www.example.com", and nothing behind',
    ]));
});

describe("a content security policy", () => {
  const policy = (directives: Record<string, string>, preset: string = SecurityPreset.Usual) =>
    said({ preset, contentSecurityPolicy: { directives } }).map((problem) =>
      problem.replace(".contentSecurityPolicy.directives", ""),
    );

  it("has sources by directive", () =>
    assert.deepEqual(
      policy({ "script-src": "'self' 'nonce-abc' https://cdn.example.com", "upgrade-insecure-requests": "" }),
      [],
    ));

  it("has directives that there are, and sources that end nothing", () =>
    assert.deepEqual(policy({ "scripts-src": "'self'", "img-src": "'self'; script-src *", "font-src": "a,b" }), [
      '["scripts-src"]: "\'self\'" is for no directive of CSP; did you mean "script-src"?',
      '["img-src"]: "\'self\'; script-src *" has characters that end a directive or a header; give sources with spaces between',
      '["font-src"]: "a,b" has characters that end a directive or a header; give sources with spaces between',
    ]));

  it("has quotes around keywords", () =>
    assert.deepEqual(policy({ "script-src": "self", "img-src": "'none' https://a.example" }), [
      '["script-src"]: "self" names a host self, the keyword has quotes; write \'self\'',
      "[\"img-src\"]: \"'none' https://a.example\" says 'none', and sources beside it; say one of the two",
    ]));

  it("leaves to other properties what they say", () =>
    assert.deepEqual(policy({ "frame-ancestors": "'self'", "report-uri": "/x" }), [
      '["frame-ancestors"]: "\'self\'" has a property of its own; say framedBy',
      '["report-uri"]: "/x" has a property of its own; say contentSecurityPolicy.reportUri',
    ]));

  for (const source of ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"])
    it(`of the strict preset lets nobody's script run by ${source}`, () => {
      const sources = `'self' ${source}`;
      assert.deepEqual(policy({ "script-src": sources }, SecurityPreset.Strict), [
        `["script-src"]: "${sources}" lets scripts of others run by ${source}, which the preset "strict" is there to prevent; use a nonce or a hash, or another preset`,
      ]);
      assert.deepEqual(policy({ "script-src": sources }), []);
    });

  it("of the strict preset is enforced", () =>
    assert.deepEqual(said({ preset: SecurityPreset.Strict, contentSecurityPolicy: { enforce: false } }), [
      '.contentSecurityPolicy.enforce: false contradicts the preset "strict"; leave it out, or use another preset while you try the policy',
    ]));

  it("is told to a path or to an https address", () => {
    for (const reportUri of ["/report?to=x", "https://reports.example.com/csp"])
      assert.deepEqual(said({ contentSecurityPolicy: { reportUri } }), []);
    for (const reportUri of ["report", "http://reports.example.com/", "/x; script-src *", "/x y"])
      assert.equal(said({ contentSecurityPolicy: { reportUri } }).length, 1, reportUri);
  });
});

describe("Strict-Transport-Security", () => {
  const transport = (strictTransport: object, domain = "example.org") => said({ strictTransport }, { domain });

  it("may hold for names below, and be asked to be preloaded", () => {
    assert.deepEqual(transport({ includeSubDomains: true }), []);
    assert.deepEqual(transport({ includeSubDomains: true, preload: true, seconds: 31_536_000 }), []);
    assert.deepEqual(transport({ seconds: 0 }), []);
  });

  it("is refused where a browser's list would not take it, or could not hold it", () => {
    assert.deepEqual(transport({ preload: true, seconds: 86_400 }, "www.example.org"), [
      ".strictTransport.preload: true holds for all names below as well; say includeSubDomains, if all of them have TLS, or leave it out",
      ".strictTransport.preload: true needs a year, and 86400 seconds are said; say at least 31536000, or leave it out",
      ".strictTransport.preload: true cannot be had for www.example.org, only for the domain itself; say it on the routes of example.org",
    ]);
    for (const domain of ["app.localhost", "web.internal", "intranet"])
      assert.deepEqual(transport({ includeSubDomains: true, preload: true }, domain), [
        `.strictTransport.preload: true cannot be had for ${domain}, which is no name of the public web; leave it out`,
      ]);
  });

  it("does not both forget a name and hold for more", () =>
    assert.deepEqual(transport({ seconds: 0, includeSubDomains: true }), [
      ".strictTransport.includeSubDomains: true contradicts 0 seconds, which forget the name; leave it out, or say seconds",
    ]));

  it("is one for a domain, whichever route says it", () => {
    const route = (path: string, strictTransport?: object) => ({
      domain: "example.org",
      path,
      ...(strictTransport ? { security: { strictTransport } } : {}),
    });
    const app = (...routes: object[]) => problemsOf(sampleApp({ routes: routes as never }));
    assert.deepEqual(app(route("/", { seconds: 600 }), route("/a/"), route("/b/", { seconds: 600 })), []);
    assert.deepEqual(app(route("/", { seconds: 600 }), route("/a/", { seconds: 60 })), [
      'apps[0].routes[1].security.strictTransport: {"seconds":60} is another one for example.org than apps[0].routes[0].security.strictTransport; say it once for a domain',
    ]);
  });
});
