import { App } from "../app/app";
import { CertificateFrom, PlainHttp, WebPorts } from "../app/domain-settings";
import { webNamesOf } from "../app/names";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { usualFrontPort } from "../app/validation/web-front";
import { Web } from "../app/web";
import { directHops, HopChain } from "./hops";
import { hasTls, usualPorts, withNames } from "./names";

/** What is wrong with the ports of a well-shaped web server whose host asks an authority for certificates by ACME. */
export function challengePortProblems({ domains = [], ports, certificate }: Web): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("web", problems);
  const refuse = (port: number | undefined, own: Report): void => {
    if (port === undefined || port === usualPorts.http) return;
    const fix = "leave it out, or give certificates of another source";
    own.in("ports", "http").refuse(port, "is not where the authority asks, which connects to port 80", fix);
  };
  const isAsked = (from = certificate): boolean => from === undefined || from === CertificateFrom.Acme;
  if (isAsked()) refuse(ports?.http, report);
  domains.forEach((settings, index) => {
    const asks = settings.http !== PlainHttp.Only && isAsked(settings.certificate);
    if (asks) refuse(settings.ports?.http, report.in("domains", index));
  });
  return problems;
}

/** What is wrong with names and ports of a well-shaped web server because TLS ends in a program in front of it. */
export function tlsFrontNameProblems(apps: readonly App[], web: Web): Problem[] {
  const problems: Problem[] = [];
  const { front, domains = [], ports } = web;
  if (!front) return problems;
  const report = new Report("web", problems);
  const refuseTaken = (said: WebPorts | undefined, own: Report): void => {
    for (const key of ["http", "https"] as const)
      if (said?.[key] === (front.port ?? usualFrontPort))
        own
          .in("ports", key)
          .refuse(
            said[key],
            `is where nginx listens for ${front.program}`,
            "use another one, or another web.front.port",
          );
  };
  refuseTaken(ports, report);
  domains.forEach((settings, index) => refuseTaken(settings.ports, report.in("domains", index)));
  const hops = withNames(directHops, apps, web);
  const answered = webNamesOf(apps, web);
  if (answered.length > 0 && !answered.some((name) => hasTls(hops, name)))
    report.in("front").refuse(front.program, "ends TLS, which no domain has", "leave it out");
  return problems;
}

/** What is wrong with names and ports of a well-shaped web server because of what stands in front of it. */
export function frontedNameProblems({ domains = [], ports }: Web, { front }: HopChain): Problem[] {
  const problems: Problem[] = [];
  const [first] = front;
  const last = front.at(-1);
  if (!first || !last) return problems;
  const report = new Report("web", problems);
  const refusePorts = (said: WebPorts | undefined, own: Report): void => {
    for (const key of ["http", "https"] as const)
      if (said?.[key] !== undefined)
        own
          .in(key)
          .refuse(said[key], `is not asked by ${last.name}, which connects to the usual ports`, "leave it out");
  };
  refusePorts(ports, report.in("ports"));
  domains.forEach(({ http, ports: own }, index) => {
    const place = report.in("domains", index);
    refusePorts(own, place.in("ports"));
    if (http !== undefined && http !== PlainHttp.Redirect)
      place.in("http").refuse(http, `is decided by ${first.name}, which clients connect to`, "leave it out");
  });
  return problems;
}
