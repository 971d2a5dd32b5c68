import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PlannedFile } from "../../../../components/host/plan";
import { combinedFile } from "../../../../components/host/tls/combined";
import { keyAndCertificate } from "../../../loopback/self-signed";
import { frontPrograms } from "../debian-program";

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
    for (const domain of domains) write(combinedFile(domain), keyAndCertificate(domain));
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
