import assert from "node:assert/strict";
import type { App } from "../../../../components/app/app";
import type { Route } from "../../../../components/app/route/route";
import { describeProblems } from "../../../../components/app/problem";
import { webProblems } from "../../../../components/app/validation/web";
import { Ability, checkProgram, programAbilities } from "../../../../components/app/validation/web-programs";
import { Report } from "../../../../components/app/validation/report";
import type { Problem } from "../../../../components/app/problem";
import { Web, WebProgram } from "../../../../components/app/web";
import { sampleApp } from "../sample-app";

const said = (web: Web, ...apps: App[]): string => describeProblems("", webProblems(web, apps));
const routed = (...routes: Partial<Route>[]): App =>
  sampleApp({ routes: routes.map((route) => ({ domain: "www.example.com", ...route })) });

describe("what a web server can do", () => {
  it("is all that a route may say, for nginx", () => {
    const app = routed({ path: "/a/", stripPrefix: true, websocket: true }, { serve: "files", directory: "public" });
    assert.deepEqual(webProblems({}, [app]), []);
  });

  it("is nothing, for a program that is not known", () => {
    assert.match(said({ program: "lighttpd" as WebProgram }), /web\.program +"lighttpd" is not one of the choices/);
  });

  it("is an error and nothing else, for a program that nothing is rendered for", () => {
    const problems: Problem[] = [];
    const haproxy = programAbilities.haproxy;
    const nothing = { ...haproxy, web: { ...haproxy.web, program: "has no rendering here" } };
    checkProgram({ program: WebProgram.HAProxy }, [routed({ serve: "files" })], new Report("", problems), nothing);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["web.program"],
    );
  });

  it("has a reason for everything that it is not", () => {
    const reasons = (ability: Ability<unknown> | object): string[] =>
      ability === true
        ? []
        : typeof ability === "string"
          ? [ability]
          : Object.values(ability as Record<string, object>).flatMap(reasons);
    for (const { web, route, app } of Object.values(programAbilities))
      for (const reason of [...reasons(web), ...reasons(route), ...reasons(app)])
        assert.match(reason, /^(has|is|are|cannot|needs|stands) \w/);
  });

  it("is said at the property that it is not, and only where that asks for something", () => {
    const haproxy = programAbilities.haproxy;
    const problems: Problem[] = [];
    const abilities = { ...haproxy, web: { ...haproxy.web, program: true as const } };
    const app = routed(
      { path: "/a/", websocket: false, serve: "proxy" },
      { path: "/b/", serve: "files", directory: "x" },
    );
    checkProgram({ program: WebProgram.HAProxy }, [app], new Report("", problems), abilities);
    assert.deepEqual(
      problems.map(({ path, value }) => [path, value]),
      [
        ["apps[0].routes[1].serve", "files"],
        ["apps[0].routes[1].directory", "x"],
      ],
    );
  });
});
