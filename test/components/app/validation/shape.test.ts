import assert from "node:assert/strict";
import fc from "fast-check";
import { validateApps } from "../../../../components/app/validate";
import { sampleApp } from "../sample-app";
import { pathsOf, problemsOf } from "./problems-of";

describe("the shape of a description", () => {
  it("suggests the property that a misspelt one was meant to be", () => {
    const app = sampleApp({ routes: [{ domain: "a.example", path: "/a/", stripprefix: true } as never] });
    assert.deepEqual(problemsOf(app), [
      'apps[0].routes[0].stripprefix: is not a property that is known here; did you mean "stripPrefix"?',
    ]);
  });

  it("lists the properties there are when none was meant", () => {
    assert.deepEqual(problemsOf(sampleApp({ secrets: [{ name: "a", colour: "red" } as never] })), [
      "apps[0].secrets[0].colour: is not a property that is known here; use one of name, environment, generate",
    ]);
  });

  it("does not take a name from JavaScript's own objects for a property", () => {
    const app = JSON.parse('{"constructor": 1, "__proto__": 2}') as object;
    assert.deepEqual(pathsOf({ ...sampleApp(), source: Object.assign(app, { directory: "a" }) }), [
      "apps[0].source.constructor",
      "apps[0].source.__proto__",
    ]);
  });

  it("says what is missing", () => {
    assert.deepEqual(problemsOf({ routes: [{ domain: "a.example", serve: "files" }] }), [
      "apps[0].name: is missing; give it a text",
      "apps[0].source: is missing; give it an object",
    ]);
  });

  it("takes null for absent, as other languages send it", () => {
    assert.deepEqual(problemsOf({ ...sampleApp(), python: null, relax: null }), []);
  });

  it("says which type is wanted", () => {
    const app = { ...sampleApp(), debian: 12, process: { command: ["a"], gracefulSeconds: "30" } };
    assert.deepEqual(problemsOf(app), [
      'apps[0].process.gracefulSeconds: "30" is a text; give a number',
      "apps[0].debian: 12 is a number; give a list",
    ]);
  });

  it("lists the choices of a choice", () => {
    assert.deepEqual(problemsOf(sampleApp({ process: { command: ["a"], ready: "notfy" as never } })), [
      'apps[0].process.ready: "notfy" is not one of the choices; did you mean "notify"?',
    ]);
  });

  it("refuses an Output, wherever it is", () => {
    const output = { __pulumiOutput: true };
    const app = { ...sampleApp(), name: output, environment: { URL: output } };
    assert.deepEqual(pathsOf(app), ["apps[0].name", "apps[0].environment.URL"]);
  });

  it("never shows the value of an environment variable", () => {
    const problems = validateApps([sampleApp({ environment: { A: "s3cret\n", "B C": "s3cret" } })]);
    assert.equal(problems.length, 2);
    assert.doesNotMatch(JSON.stringify(problems), /s3cret/);
  });

  it("does not repeat about a whole what is wrong with its part", () => {
    assert.deepEqual(problemsOf({ ...sampleApp(), source: { directory: 7 } }), [
      "apps[0].source.directory: 7 is a number; give a text",
    ]);
    assert.deepEqual(pathsOf({ ...sampleApp(), process: "serve" }), ["apps[0].process"]);
  });

  it("goes on with everything else when one app is no description at all", () => {
    assert.deepEqual(pathsOf(null, "app", sampleApp({ name: "Bad" })), ["apps[0]", "apps[1]", "apps[2].name"]);
  });

  it("reports, and never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 3 }), (apps) => {
        for (const problem of validateApps(apps as never)) assert.match(problem.path, /^apps\[\d\]/);
      }),
    );
  });

  it("reports, and never throws, whatever stands in place of a property", () => {
    const keys = [
      "source",
      "python",
      "process",
      "listen",
      "routes",
      "environment",
      "secrets",
      "data",
      "reach",
      "relax",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys, "health", "debian", "packages", "name"), fc.anything(), (key, value) => {
        validateApps([{ ...sampleApp(), [key]: value }]);
      }),
    );
  });
});
