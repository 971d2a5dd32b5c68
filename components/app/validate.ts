import { App } from "./app";
import { chooseDebian, debianReleases } from "./debian";
import { at, Problem } from "./problem";
import { appShape } from "./validation/app-shape";
import { checkAppTls } from "./validation/app-tls";
import { checkBalance } from "./validation/balance";
import { checkCollisions } from "./validation/collisions";
import { checkEnvironment } from "./validation/environment";
import { checkProcess } from "./validation/process";
import { Report } from "./validation/report";
import { checkRoutes } from "./validation/routes";
import { checkSandbox } from "./validation/sandbox";
import { read } from "./validation/shape";
import { checkDebian, checkSource, Exists } from "./validation/source";
import { checkOneStrictTransport } from "./validation/strict-transport";

/**
 * Everything that is wrong with the apps of one host, all at once: unknown and misshapen properties, values that cannot
 * be, and apps that get in each other's way. Empty when nothing is.
 *
 * @param apps the descriptions; they may come from another language, so nothing is taken for granted
 * @param exists tells whether a file exists, or a folder when the path ends with a slash. @default everything exists
 */
export function validateApps(apps: readonly App[], exists: Exists = () => true): Problem[] {
  const problems: Problem[] = [];
  const wellShaped = apps.map((app, index) => {
    const path = at("apps", index);
    const misshapen: Problem[] = [];
    const fitting = (read(appShape, app, path, misshapen) ?? {}) as App;
    const wrong: Problem[] = [];
    checkApp(fitting, app, exists, new Report(path, wrong));
    problems.push(...misshapen, ...withoutConsequences(wrong, misshapen));
    return fitting;
  });
  return [
    ...problems,
    ...checkCollisions(wellShaped),
    ...checkOneStrictTransport(wellShaped),
    ...chooseDebian(wellShaped).problems,
  ];
}

/** What is wrong with a whole only because a part of it was left out as misshapen would only confuse. */
function withoutConsequences(wrong: readonly Problem[], misshapen: readonly Problem[]): readonly Problem[] {
  if (misshapen.length === 0) return wrong;
  return wrong.filter(({ path }) => !misshapen.some((part) => part.path.startsWith(path)));
}

function checkApp(app: App, given: unknown, exists: Exists, report: Report): void {
  if (typeof given !== "object" || given === null) return; // said already: it is no description at all
  if (app.name !== undefined) checkName(app.name, report.in("name"));
  if (app.source !== undefined) checkSource(app, exists, report);
  checkDebian(app, debianReleases, report.in("debian"));
  if (app.process !== undefined || (given as App).process === undefined) checkProcess(app, report);
  checkBalance(app, report);
  checkAppTls(app, report);
  checkRoutes(app, report);
  checkEnvironment(app, report);
  checkSandbox(app, report);
}

/** 24 characters: with `app-` in front it is a user name, which has 32 at most; the rest is room for instances. */
function checkName(name: string, report: Report): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    report.refuse(
      name,
      "cannot name users, units and folders",
      "use lower case letters, digits and inner hyphens, a letter first",
    );
  else if (name.length > 24) report.refuse(name, `has ${name.length} characters`, "use at most 24");
}
