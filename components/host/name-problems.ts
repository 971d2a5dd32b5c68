import { CertificateFrom, PlainHttp, WebPorts } from "../app/domain-settings";
import { Problem } from "../app/problem";
import { Report } from "../app/validation/report";
import { Web } from "../app/web";
import { HopChain } from "./hops";
import { usualPorts } from "./names";

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
export function tlsFrontNameProblems({ front, domains = [], ports }: Web): Problem[] {
  const problems: Problem[] = [];
  if (!front) return problems;
  const report = new Report("web", problems);
  const refuse = (value: unknown, own: Report): void =>
    own.refuse(
      value,
      `is not written for ${front.program} in front of nginx yet`,
      "leave it out, or leave out web.front",
    );
  const refusePorts = (said: WebPorts | undefined, own: Report): void => {
    if (said?.https !== undefined) refuse(said.https, own.in("ports", "https"));
  };
  refusePorts(ports, report);
  domains.forEach(({ http, ports: own }, index) => {
    const place = report.in("domains", index);
    refusePorts(own, place);
    if (http !== undefined && http !== PlainHttp.Redirect) refuse(http, place.in("http"));
  });
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
