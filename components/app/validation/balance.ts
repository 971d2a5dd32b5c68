import { isIPv4, isIPv6 } from "node:net";
import { App } from "../app";
import { ListenVia } from "../listen";
import { hasFiles } from "../route/has-files";
import { Balance, BalancedServer, BalanceMethod, ServersTls } from "../balance";
import { domainFault } from "../domain";
import { isPrivate } from "../private-address";
import { Report } from "./report";
import { checkWhole } from "./text";

/** Checks the servers that an app has elsewhere, its instances on this host, and how requests are shared out among them. */
export function checkBalance(app: App, report: Report): void {
  if (app.servers) checkServers(app, app.servers, report);
  if (app.serversTls) checkTls(app, app.serversTls, report.in("serversTls"));
  if (app.process?.instances !== undefined) checkInstances(app, app.process.instances, report);
  if (app.balance) checkHow(app, app.balance, report.in("balance"));
}

/** As many as one host runs; far more than its cores are of no use, and each takes memory. */
const mostInstances = 64;

/** nginx keeps weights, failures and connections in signed words; HAProxy takes weights up to 256. */
const mostWeight = 256;

function checkServers(app: App, servers: readonly BalancedServer[], report: Report): void {
  const place = report.in("servers");
  if (app.process) place.refuseUnseen("are given, but the app runs here", "leave out either servers or process");
  if (servers.length === 0) place.refuse([], "is empty", "give at least one server, or leave it out");
  if ((app.routes ?? []).every(hasFiles))
    place.refuseUnseen("are given, but no route hands requests to them", "give a route");
  servers.forEach((server, index) => checkServer(app, server, place.in(index)));
  checkTwice(servers, place);
  if (servers.length > 0 && servers.every((server) => server.backup))
    place.refuseUnseen("are all backups", "leave backup: true out of those that are asked first");
}

function checkServer(app: App, server: BalancedServer, report: Report): void {
  if (server.address !== undefined) checkAddress(app, server.address, report.in("address"));
  if (server.port !== undefined) checkWhole(server.port, 1, 65535, "a port", report.in("port"));
  if (server.weight !== undefined) checkWhole(server.weight, 1, mostWeight, "parts", report.in("weight"));
  if (server.maxConnections !== undefined)
    checkWhole(server.maxConnections, 1, 1_000_000, "connections", report.in("maxConnections"));
}

function checkAddress(app: App, address: string, report: Report): void {
  const isAddress = isIPv4(address) || (isIPv6(address) && !address.includes("%"));
  const fault = isAddress ? undefined : domainFault(address);
  if (fault) report.refuse(address, fault.reason, 'give a host name or an address like "10.0.1.12", the port apart');
  else if (isAddress && !app.serversTls && !isPrivate(address))
    report.refuse(
      address,
      "is on the internet, where plain HTTP can be read and changed on its way",
      "say serversTls: {}, or give its private address",
    );
}

function checkTwice(servers: readonly BalancedServer[], report: Report): void {
  const seen = new Map<string, number>();
  servers.forEach(({ address, port }, index) => {
    const place = `${address} ${port}`;
    const first = seen.get(place);
    if (first === undefined) seen.set(place, index);
    else
      report.in(index).refuseUnseen(`is the same as ${report.in(first).path}`, "leave one out; weight gives it more");
  });
}

function checkTls(app: App, { name, authority }: ServersTls, report: Report): void {
  if (!app.servers)
    report.refuseUnseen("is given, but the app has no servers elsewhere", "give servers, or leave it out");
  const fault = name === undefined ? undefined : domainFault(name);
  if (fault) report.in("name").refuse(name, fault.reason, fault.fix);
  if (authority === undefined) return;
  const text = authority.replace(/\r\n/g, "\n").trim();
  if (!/^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n*)+$/.test(text))
    report
      .in("authority")
      .refuseUnseen(
        "is not PEM text of certificates",
        'give the text from "-----BEGIN CERTIFICATE-----" on, without keys',
      );
}

function checkInstances(app: App, instances: number, report: Report): void {
  checkWhole(instances, 1, mostInstances, "instances", report.in("process", "instances"));
  if (instances <= 1) return;
  const via = app.listen?.via ?? ListenVia.Activation;
  const listen = report.in("listen");
  if (via !== ListenVia.Activation)
    listen
      .in("via")
      .refuse(
        via,
        `cannot be shared by ${instances} instances: all would open the same ${via}`,
        `let systemd hand each a socket of its own (via: "${ListenVia.Activation}"), or run one`,
      );
  if (app.listen?.publicPorts?.length)
    listen
      .in("publicPorts")
      .refuse(app.listen.publicPorts, `can be held by one instance only, not by ${instances}`, "run one instance");
  if ((app.routes ?? []).length === 0)
    report
      .in("process", "instances")
      .refuse(instances, "are shared out by the web server, but the app has no route", "give it a route, or run one");
}

function checkHow(app: App, balance: Balance, report: Report): void {
  const places = app.servers?.length ?? app.process?.instances ?? 1;
  for (const key of ["failSeconds", "queueSeconds"] as const) {
    const seconds = balance[key];
    if (seconds !== undefined) checkWhole(seconds, 1, 3600, "seconds", report.in(key));
  }
  if (balance.maxFails !== undefined) checkWhole(balance.maxFails, 1, 1000, "attempts", report.in("maxFails"));
  if (!app.servers && places <= 1) {
    report.refuseUnseen(
      "is given, but requests have one place to go",
      "give servers or process.instances, or leave it out",
    );
    return;
  }
  if (places === 1)
    for (const key of ["sticky", "method", "failSeconds", "maxFails"] as const)
      if (balance[key] !== undefined && balance[key] !== false)
        report.in(key).refuse(balance[key], "has no effect with one server", "leave it out, or give another");
  if (balance.sticky && balance.method === BalanceMethod.ClientAddress)
    report
      .in("sticky")
      .refuse(
        true,
        `keeps clients in place, as method: "${BalanceMethod.ClientAddress}" does`,
        "leave out one of them",
      );
  if (balance.queueSeconds !== undefined && !(app.servers ?? []).some((server) => server.maxConnections !== undefined))
    report
      .in("queueSeconds")
      .refuse(
        balance.queueSeconds,
        "has no effect, no server has a limit",
        "give servers maxConnections, or leave it out",
      );
}
