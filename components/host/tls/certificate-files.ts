import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CertificateFiles } from "../../app/domain-settings";
import { Report } from "../../app/validation/report";
import { checkKey, checkPem, serverKeys } from "./check-pem";

/** A certificate with its chain, and its key, as a host gets them; both PEM. */
export interface CertificatePair {
  fullchain: string;
  privkey: string;
}

/** What a check of files needs to know. */
interface FilesCheck {
  /** The names that the certificate has to be for. */
  names: readonly string[];
  /** Folder that relative paths are looked up from. */
  root: string;
  now: Date;
  /** A certificate that leads to an authority whoever is to trust it has already, PEM. @default none */
  authority?: string;
}

/** Reads and checks a certificate and its key. What is wrong is reported below the property of each file. */
export function readCertificateFiles(
  files: CertificateFiles,
  { names, root, now, authority }: FilesCheck,
  report: Report,
): CertificatePair | undefined {
  const certificate = readText(root, files.certificate, report.in("certificate"));
  const chain = files.chain === undefined ? "" : readText(root, files.chain, report.in("chain"));
  const key = readText(root, files.key, report.in("key"));
  if (certificate === undefined || chain === undefined || key === undefined) return undefined;
  const [leaf, ...behind] = inBlocks(certificate);
  const further = [...behind, ...(chain === "" ? [] : [chain])].join("\n");
  const issuers = further || authority;
  checkPem({ certificate: leaf ?? certificate, ...(issuers && { chain: issuers }) }, names, now, report);
  checkKey(certificate, key, serverKeys, report.in("key"));
  return {
    fullchain:
      [leaf ?? certificate, further]
        .map((pem) => pem.trim())
        .join("\n")
        .trim() + "\n",
    privkey: key,
  };
}

/** The certificates of a file, as blocks of PEM; the text itself where there are none to be told apart. */
function inBlocks(pem: string): string[] {
  return /PRIVATE KEY/.test(pem)
    ? [pem]
    : (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
}

function readText(root: string, path: string, report: Report): string | undefined {
  try {
    return readFileSync(resolve(root, path), "utf8");
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
    report.refuse(path, reason, "relative paths are looked up from the folder of Pulumi.yaml");
    return undefined;
  }
}
