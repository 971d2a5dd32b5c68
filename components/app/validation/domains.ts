import { App } from "../app";
import { domainFault } from "../domain";
import { CertificateFiles, CertificateFrom, DomainSettings, PlainHttp, WebPorts } from "../domain-settings";
import { literalDomains } from "../route/domains";
import { suggestion } from "../nearest";
import { Problem } from "../problem";
import { Web } from "../web";
import { Report } from "./report";
import { choice, list, number, object, text } from "./shape";
import { checkWhole } from "./text";

/** The shape of ports. */
export const portsShape = object<WebPorts>({ http: number, https: number }, []);

/** The shape of what is said of a domain. */
export const domainShape = object<DomainSettings>(
  {
    domain: text,
    aliases: list(text),
    redirects: list(text),
    http: choice(PlainHttp),
    ports: portsShape,
    certificate: choice(CertificateFrom),
    files: object<CertificateFiles>({ certificate: text, chain: text, key: text }, ["certificate", "key"]),
  },
  ["domain"],
);

/** What a name or port of the web server is taken by, and where that is said. */
type Claims<T> = Map<T, string>;

/** Everything that is wrong with names and ports of a well-shaped web server. Empty when nothing is. */
export function domainProblems(web: Web, apps: readonly App[]): Problem[] {
  const problems: Problem[] = [];
  const report = new Report("web", problems);
  checkNames(web, apps, report);
  checkPorts(web, apps, report);
  checkCertificates(web, report);
  return problems;
}

function checkNames({ domains = [] }: Web, apps: readonly App[], report: Report): void {
  const routed = literalDomains(apps);
  const claimed: Claims<string> = new Map(routed.map((domain) => [domain, "a domain of routes"]));
  const settled = new Set<string>();
  domains.forEach((settings, index) => {
    const own = report.in("domains", index);
    const { domain, http } = settings;
    if (settled.has(domain)) own.in("domain").refuse(domain, "is settled twice", "say it all in one of them");
    else if (!routed.includes(domain))
      own
        .in("domain")
        .refuse(domain, "is the domain of no route", routed.length ? suggestion(domain, routed) : "leave it out");
    settled.add(domain);
    for (const key of ["aliases", "redirects"] as const)
      settings[key]?.forEach((name, place) => claimName(name, domain, claimed, own.in(key, place)));
    if (http === PlainHttp.Only && settings.ports?.https !== undefined)
      own
        .in("ports", "https")
        .refuse(
          settings.ports.https,
          "has no effect, the domain has no TLS",
          "leave it out, or let http be redirected",
        );
  });
}

function claimName(name: string, domain: string, claimed: Claims<string>, report: Report): void {
  const fault = domainFault(name);
  const holder = name === domain ? "the domain itself" : claimed.get(name);
  if (fault) report.refuse(name, fault.reason, fault.fix);
  else if (holder !== undefined) report.refuse(name, `is ${holder}`, "leave it out here or there");
  else claimed.set(name, `a name of ${domain} (${report.path})`);
}

/** A port on which the web server is to listen. */
interface WantedPort {
  port: number;
  tls: boolean;
  report: Report;
}

function checkPorts(web: Web, apps: readonly App[], report: Report): void {
  const taken = portsOfApps(apps);
  const wanted = wantedPorts(web, report);
  const by: Claims<number> = new Map();
  for (const { port, tls, report: own } of wanted) {
    if (!checkWhole(port, 1, 65535, "ports", own)) continue;
    const holder = port === 22 ? "the host's SSH server" : taken.get(port);
    const speaks = tls ? "TLS" : "plain HTTP";
    const other = by.get(port);
    if (holder !== undefined) own.refuse(port, `is taken by ${holder}`, "use another port");
    else if (other !== undefined && other !== speaks)
      own.refuse(port, `is for ${speaks} here, and for ${other} elsewhere`, "use another port for one of the two");
    else by.set(port, speaks);
  }
}

/** The usual ports are wanted without a word: another protocol on them would meet clients that expect the usual one. */
function wantedPorts({ domains = [], ports }: Web, report: Report): WantedPort[] {
  const of = (said: WebPorts | undefined, own: Report): WantedPort[] => [
    ...(said?.http === undefined ? [] : [{ port: said.http, tls: false, report: own.in("http") }]),
    ...(said?.https === undefined ? [] : [{ port: said.https, tls: true, report: own.in("https") }]),
  ];
  return [
    { port: 80, tls: false, report },
    { port: 443, tls: true, report },
    ...of(ports, report.in("ports")),
    ...domains.flatMap((settings, index) => of(settings.ports, report.in("domains", index, "ports"))),
  ];
}

function portsOfApps(apps: readonly App[]): Claims<number> {
  const claims: Claims<number> = new Map();
  apps.forEach(({ listen }, index) => {
    if (listen?.port !== undefined) claims.set(listen.port, `apps[${index}].listen.port`);
    listen?.publicPorts?.forEach((port, place) => claims.set(port, `apps[${index}].listen.publicPorts[${place}]`));
  });
  return claims;
}

/** Checks that what is said of certificates fits together. */
function checkCertificates({ domains = [], certificate: ofHost }: Web, report: Report): void {
  if (ofHost === CertificateFrom.Files)
    report.in("certificate").refuse(ofHost, "is for one domain, with the files of it", "say it of each domain");
  domains.forEach(({ certificate, files, http }, index) => {
    const own = report.in("domains", index);
    const from = certificate ?? ofHost;
    if (http === PlainHttp.Only && certificate !== undefined)
      own.in("certificate").refuse(certificate, "has no effect, the domain has no TLS", "leave it out");
    if (certificate === CertificateFrom.Files && files === undefined)
      own.in("files").refuseUnseen("is missing", "say where certificate and key are");
    if (files !== undefined && from !== CertificateFrom.Files && from !== CertificateFrom.Mkcert)
      own.in("files").refuseUnseen("has no effect", `set certificate to "${CertificateFrom.Files}", or leave it out`);
  });
}

/** What is allowed and yet better not done. */
export function domainWarnings({ domains = [] }: Web): string[] {
  return domains.flatMap(({ domain, http }, index) => {
    const where = `web.domains[${index}].http`;
    if (http === PlainHttp.Serve)
      return [
        `${where}: ${domain} answers by plain HTTP as well as by TLS; what people send and get by it can be read and changed on ` +
          "the way, and browsers are not told to use TLS (Strict-Transport-Security)",
      ];
    if (http === PlainHttp.Only)
      return [
        `${where}: ${domain} answers by plain HTTP alone; passwords, sessions and pages can be read and changed on the way`,
      ];
    return [];
  });
}
