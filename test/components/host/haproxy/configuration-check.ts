import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PlannedFile } from "../../../../components/host/plan";
import { combinedFile } from "../../../../components/host/tls/combined";
import { frontPrograms } from "../front-programs";

/** A self-signed certificate for names of the tests with its key, PEM, as combined files have them; made once. */
let made: string | undefined;
export function keyAndCertificate(): string {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), "landfall-pair-"));
  try {
    const [key, chain] = [join(folder, "key"), join(folder, "chain")];
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const subject = ["-subj", "/CN=*.example.com", "-addext", "subjectAltName=DNS:*.example.com"];
    execFileSync("openssl", [...request, ...subject, "-keyout", key, "-out", chain], { stdio: "pipe" });
    made = readFileSync(key, "utf8") + readFileSync(chain, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
  return made;
}

/** What a real HAProxy says about files of a host; empty when it takes them without a warning. */
export function haproxyComplaints(files: readonly PlannedFile[], domains: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "landfall-haproxy-"));
  try {
    const here = (text: string): string => text.replace(/\/etc\/(?:haproxy|landfall)\//g, (path) => folder + path);
    const write = (path: string, content: string): void => {
      mkdirSync(dirname(folder + path), { recursive: true });
      writeFileSync(folder + path, content);
    };
    for (const { path, content } of files) write(path, here(content));
    for (const domain of domains) write(combinedFile(domain), keyAndCertificate());
    const { haproxy, env } = frontPrograms();
    const checked = spawnSync(haproxy, ["-c", "-q", "-f", `${folder}/etc/haproxy/haproxy.cfg`], {
      encoding: "utf8",
      env,
    });
    const said = checked.stderr.split("\n").filter((text) => /WARNING|ALERT/.test(text));
    return checked.status === 0 ? said.join("\n") : `refused: ${checked.stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
