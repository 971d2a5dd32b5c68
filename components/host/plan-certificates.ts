import { certifiedDomains } from "../app/app-tls";
import { App } from "../app/app";
import { saidSource } from "../app/certificate-source";
import { CertificateFrom } from "../app/domain-settings";
import { certificateFolder } from "../app/paths";
import { Web } from "../app/web";
import { HopChain } from "./hops";
import { addressOf, furtherNames, hasTls } from "./names";
import { PlannedCertificate, PlannedDirectory } from "./plan";
import { serviceUnits } from "./places";
import { WebPlan } from "./web-plan";
import { combinedDirectory, combinedFile } from "./tls/combined";

/** Name of the parameter that carries a domain's certificate and key. */
export const certificateParameter = (domain: string): string => `tls/${domain}`;

/** Who owns the files in which certificates are together with their keys, where they are. */
const combinedOwner = ({ server, front }: WebPlan): string | undefined => (front ?? server)?.certificateOwner;

/** The folder of these files. */
export function planCombined(served: WebPlan): PlannedDirectory[] {
  const owner = combinedOwner(served);
  return owner === undefined ? [] : [combinedDirectory(owner)];
}

/** The certificates of a host: of each domain with TLS, and of nobody where the web server needs one to begin with. */
export function planCertificates(
  apps: readonly App[],
  hops: HopChain,
  web: Web,
  byHost: boolean,
  served: WebPlan,
): PlannedCertificate[] {
  const domains = new Set(certifiedDomains(apps).map((name) => addressOf(hops, name).domain));
  const secure = [...domains].filter((domain) => hasTls(hops, domain)).sort();
  const restarts = restartsOf(apps);
  return [
    ...secure.map((domain) => ({
      ...planCertificate(domain, hops, served, sourceOf(domain, web, byHost)),
      ...(restarts[domain] && { restarts: restarts[domain] }),
    })),
    ...(served.placeholders ?? []).map((name) => planCertificate(name, hops, served, placeholder(name))),
  ];
}

/** By domain, the services of apps that end TLS by its certificate themselves. */
export function restartsOf(apps: readonly App[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const app of apps) if (app.tls) (found[app.tls.domain] ??= []).push(...serviceUnits(app));
  return found;
}

/** What a certificate comes from. */
type PlannedSource = Pick<PlannedCertificate, "parameter" | "selfSigned">;

/** A certificate that is nobody's comes from a parameter that nobody gives. */
const placeholder = (name: string): PlannedSource => ({ parameter: certificateParameter(name) });

function planCertificate(domain: string, hops: HopChain, served: WebPlan, source: PlannedSource): PlannedCertificate {
  return {
    domain,
    ...(furtherNames(hops, domain).length > 0 && { names: furtherNames(hops, domain) }),
    folder: certificateFolder(domain),
    ...source,
    ...(combinedOwner(served) !== undefined && !addressOf(hops, domain).byApp && { combined: combinedFile(domain) }),
  };
}

/** Whether the host gets a certificate by itself, and how. */
function sourceOf(domain: string, web: Web, byHost: boolean): PlannedSource {
  const usual = byHost ? CertificateFrom.Acme : undefined;
  const from = saidSource(domain, web) ?? usual;
  if (from === CertificateFrom.SelfSigned) return { parameter: null, selfSigned: true };
  return { parameter: from === CertificateFrom.Acme ? null : certificateParameter(domain) };
}
