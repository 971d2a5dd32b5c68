import { isIP } from "node:net";
import { App } from "../app";
import { BalanceMethod } from "../balance";
import { Report } from "./report";

/** Says what of the ways to share out requests nginx cannot do: some of its own limits, some of what its commercial edition sells. */
export function checkNginxBalance(apps: readonly App[], root: Report): void {
  apps.forEach((app, index) => check(app, root.in("apps", index)));
}

function check({ servers = [], balance = {} }: App, report: Report): void {
  servers.forEach(({ address, backup, maxConnections }, index) => {
    const server = report.in("servers", index);
    if (backup && balance.method === BalanceMethod.ClientAddress)
      server
        .in("backup")
        .refuse(
          true,
          `has no meaning to nginx with method: "${BalanceMethod.ClientAddress}"`,
          "leave it out, or take another method",
        );
    if (!balance.sticky) return;
    if (maxConnections !== undefined)
      server
        .in("maxConnections")
        .refuse(
          maxConnections,
          "cannot be held by nginx with sticky: true, where it counts each client's place apart",
          "leave one of them out, or take HAProxy",
        );
    if (isIP(address) === 0)
      server
        .in("address")
        .refuse(
          address,
          "is a name, and nginx knows by its address alone where a sticky client was answered",
          "give its address",
        );
  });
}
