import assert from "node:assert/strict";
import { Route } from "../../../components/app/route/route";
import { SecurityPreset, ServedFiles } from "../../../components/app/route/security";
import { healthProblems } from "../../../components/host/health-problems";
import { sampleApp } from "../app/sample-app";

const content: Route = { domain: "a.example", path: "/app/", security: { files: ServedFiles.Content } };

/** What is wrong with a health check at a route. */
const problems = (path: string, ...routes: Route[]) => healthProblems([sampleApp({ routes, health: { path } })]);

describe("a health check that the web server refuses", () => {
  for (const path of ["status.yaml", ".hidden", "data.csv?fresh=1", "a%2eini"]) {
    it(`is one for ${path} where only content is answered`, () => {
      assert.deepEqual(
        problems(path, content).map((problem) => problem.path),
        ["apps[0].health.path"],
      );
    });
  }

  for (const path of ["", "health", "health.json", "api/v1.2/up"]) {
    it(`is none for ${JSON.stringify(path)}`, () => {
      assert.deepEqual(problems(path, content), []);
    });
  }

  it("is none for a file that the route allows by name", () => {
    assert.deepEqual(
      problems("status.yaml", { ...content, security: { ...content.security, allow: ["status.yaml"] } }),
      [],
    );
  });

  it("goes by the route at which the app is at home", () => {
    const gramex: Route = { domain: "a.example", pattern: "/x/", security: { preset: SecurityPreset.Gramex } };
    assert.deepEqual(problems("status.yaml", gramex, { domain: "a.example" }), []);
  });

  it("says what is refused, and how to have it answered", () => {
    const [problem] = problems("status.yaml", content);
    assert.deepEqual(problem, {
      path: "apps[0].health.path",
      value: "status.yaml",
      reason: 'is "/app/status.yaml", which the files of its route keep back',
      fix: "add its name to security.allow of the route, or ask for another path",
    });
  });
});
