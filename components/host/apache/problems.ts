import { App } from "../../app/app";
import { Problem } from "../../app/problem";
import { ServeBy } from "../../app/route/route";
import { Report } from "../../app/validation/report";

/** What Apache httpd cannot do as a host's web server, of its apps. */
export function apacheProblems(apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const root = new Report("", problems);
  apps.forEach((app, index) => checkSharing(app, root.in("apps", index)));
  return problems;
}

/** The largest share that httpd can give to one of several (mod_proxy, `loadfactor`). */
const mostWeight = 100;

function checkSharing({ servers = [], serversTls, balance, routes = [] }: App, report: Report): void {
  servers.forEach(({ weight = 1 }, index) => {
    if (weight > mostWeight)
      report
        .in("servers", index, "weight")
        .refuse(weight, `is more than the ${mostWeight} that httpd knows`, "divide the weights of all servers");
  });
  if (balance?.maxFails !== undefined && balance.maxFails > 1)
    report
      .in("balance", "maxFails")
      .refuse(balance.maxFails, "cannot be done by httpd, which leaves one out after its first failure", "set it to 1");
  const { name } = serversTls ?? {};
  const other = routes.find(({ domain, serve }) => serve !== ServeBy.Files && domain !== name);
  if (name !== undefined && other)
    report
      .in("serversTls", "name")
      .refuse(
        name,
        `cannot be told by httpd, which asks servers for the name that the client asked for: ${other.domain}`,
        "leave it out, and let their certificate be for that name, or take nginx as the web server",
      );
}
