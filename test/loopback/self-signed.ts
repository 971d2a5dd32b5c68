import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for it, PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly certificate: string;
}

const made = new Map<string, SelfSigned>();

/** A certificate for a name, signed by its own key; made once, as each takes a run of openssl. */
export function selfSigned(domain: string): SelfSigned {
  const known = made.get(domain);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), "landfall-pair-"));
  try {
    const [key, certificate] = [join(folder, "key"), join(folder, "certificate")];
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    // A common name has room for 64 characters only.
    const names = ["-subj", "/CN=test", "-addext", `subjectAltName=DNS:${domain}`];
    execFileSync("openssl", [...request, ...names, "-keyout", key, "-out", certificate], { stdio: "pipe" });
    const pair = { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
    made.set(domain, pair);
    return pair;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The key and certificate of a name in one, as HAProxy and hitch read them. */
export const keyAndCertificate = (domain: string): string => selfSigned(domain).key + selfSigned(domain).certificate;
