import { App } from "../app/app";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { fileRules, isRefused } from "./file-rules";
import { homeOf } from "../app/home";

/** Health checks that the web server answers by itself, with a refusal: they would fail whatever the app does. */
export function healthProblems(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  apps.forEach((app, index) => {
    const home = homeOf(app);
    const asked = app.health?.path ?? "";
    const path = `${home?.path ?? "/"}${asked.split("?")[0]}`;
    if (home && isRefused(fileRules(home.security ?? {}), path))
      new Report("", problems)
        .in("apps", index, "health", "path")
        .refuse(
          asked,
          `is "${path}", which the files of its route keep back`,
          "add its name to security.allow of the route, or ask for another path",
        );
  });
  return problems;
}
