import { App } from "../../app/app";
import { CertificateFrom, DomainSettings } from "../../app/domain-settings";
import { literalDomains } from "../../app/route/domains";
import { Problem } from "../../app/problem";
import { Report } from "../../app/validation/report";
import { Web } from "../../app/web";
import { directHops } from "../hops";
import { furtherNames, hasTls, withNames } from "../names";
import { CertificatePair, readCertificateFiles } from "./certificate-files";
import { findMkcertPair, mkcertAuthority, mkcertFolder } from "./mkcert";

/** The certificates that are files on this computer. */
export interface GivenCertificates {
  /** By domain. */
  pairs: Record<string, CertificatePair>;
  /** Certificates of authorities that this computer trusts and others may not, PEM. */
  authorities: string[];
  problems: Problem[];
}

/**
 * Reads and checks the certificates that are files, before anything is touched.
 *
 * @param root folder that relative paths are looked up from
 */
export function givenCertificates(
  web: Web,
  apps: readonly App[],
  root: string,
  now = new Date(),
  caRoot = mkcertFolder(),
): GivenCertificates {
  const found: GivenCertificates = { pairs: {}, authorities: [], problems: [] };
  const hops = withNames(directHops, apps, web);
  const report = new Report("web", found.problems);
  const settled = new Map((web.domains ?? []).map((settings, index) => [settings.domain, { settings, index }]));
  for (const domain of literalDomains(apps).filter((name) => hasTls(hops, name))) {
    const { settings, index } = settled.get(domain) ?? { settings: { domain }, index: undefined };
    const place = index === undefined ? report : report.in("domains", index);
    const names = [domain, ...furtherNames(hops, domain)];
    const pair = readPair(settings, web.certificate, { names, root, now, caRoot }, place, found.authorities);
    if (pair) found.pairs[domain] = pair;
  }
  return found;
}

interface Search {
  names: readonly string[];
  root: string;
  now: Date;
  caRoot: string;
}

function readPair(
  { files, certificate }: DomainSettings,
  ofHost: CertificateFrom | undefined,
  { names, root, now, caRoot }: Search,
  place: Report,
  authorities: string[],
): CertificatePair | undefined {
  const from = certificate ?? ofHost;
  if (from === CertificateFrom.Files && files)
    return readCertificateFiles(files, { names, root, now }, place.in("files"));
  if (from !== CertificateFrom.Mkcert) return undefined;
  const authority = mkcertAuthority(caRoot);
  if (authority === undefined) {
    place.in("certificate").refuse(from, `has no authority in ${caRoot}`, "run mkcert -install, or set CAROOT");
    return undefined;
  }
  const pair = files ?? findMkcertPair(root, authority, names);
  if (!pair) {
    const fix = `run mkcert ${names.join(" ")} there`;
    place.in("certificate").refuse(from, `has no pair for ${names.join(", ")} in the folder of Pulumi.yaml`, fix);
    return undefined;
  }
  if (!authorities.includes(authority)) authorities.push(authority);
  return readCertificateFiles(pair, { names, root, now, authority }, place.in("files"));
}
