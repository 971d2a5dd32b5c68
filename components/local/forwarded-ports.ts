import { App } from "../app/app";
import { answersItself } from "../app/app-tls";
import { webNamesOf } from "../app/names";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { Web } from "../app/web";
import { HopChain, publicPortOf } from "../host/hops";
import { listeningPorts, usualPorts } from "../host/names";
import { ForwardedPort } from "./local-machine";

/**
 * Ports of this computer that lead to the web server of a machine, and to apps that end TLS themselves. One of their own leads to
 * the same one there.
 */
export function forwardedPorts(apps: readonly App[], web: Web, hops: HopChain): ForwardedPort[] {
  const { http, https } = listeningPorts(hops, webNamesOf(apps, web));
  const own = apps.filter(answersItself).flatMap(({ listen }) => listen?.publicPorts ?? []);
  return [...http, ...https, ...own].map((port) => ({ from: publicPortOf(hops, port), to: port }));
}

/** What is wrong with ports of this computer that would lead to two ports of the machine. */
export function forwardingProblems(ports: readonly ForwardedPort[]): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("", problems);
  for (const { from, to } of ports) {
    const other = ports.find((one) => one.from === from && one.to !== to);
    if (!other) continue;
    if (to === usualPorts.http || to === usualPorts.https)
      report
        .in(to === usualPorts.http ? "httpPort" : "httpsPort")
        .refuse(
          from,
          `leads to port ${to} of the machine, and is to lead to port ${other.to}, too`,
          "use another port",
        );
  }
  return problems;
}
