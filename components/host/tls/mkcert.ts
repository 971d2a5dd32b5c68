import { X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CertificateFiles } from "../../app/domain-settings";

/** Where mkcert keeps its authority on Linux (mkcert's README, "Changing the location of the CA files"). */
export function mkcertFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const { CAROOT, XDG_DATA_HOME } = environment;
  return CAROOT || join(XDG_DATA_HOME || join(homedir(), ".local/share"), "mkcert");
}

/** Certificate of the authority of mkcert, PEM; undefined where there is none. Its key is never read. */
export function mkcertAuthority(folder: string): string | undefined {
  const path = join(folder, "rootCA.pem");
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The pair of an authority in a folder, as mkcert names its files, that is for all of some names and ends last. */
export function findMkcertPair(
  folder: string,
  authority: string,
  names: readonly string[],
): CertificateFiles | undefined {
  const root = new X509Certificate(authority);
  const found = readdirSync(folder)
    .filter((name) => name.endsWith(".pem") && existsSync(join(folder, name.replace(/\.pem$/, "-key.pem"))))
    .flatMap((name) => {
      const certificate = readCertificate(join(folder, name));
      return certificate?.verify(root.publicKey) && names.every((one) => certificate.checkHost(one))
        ? [{ name, ends: Date.parse(certificate.validTo) }]
        : [];
    })
    .sort((a, b) => b.ends - a.ends);
  const [last] = found;
  return last && { certificate: last.name, key: last.name.replace(/\.pem$/, "-key.pem") };
}

function readCertificate(path: string): X509Certificate | undefined {
  try {
    return new X509Certificate(readFileSync(path));
  } catch {
    return undefined; // a file of somebody else
  }
}
