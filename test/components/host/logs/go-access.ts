import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebLogs } from "../../../../components/app/web-logs";
import { directHops } from "../../../../components/host/hops";
import { RotatedLogs } from "../../../../components/host/logs/rotation";
import { goAccessOptions, WholeReport } from "../../../../components/host/report/traffic-report";
import { goAccessProgram } from "../debian-program";

/** What GoAccess has read. */
export interface Figures {
  general: { valid_requests: number; failed_requests: number };
  requests: { data: { data: string }[] };
  not_found: { data: { data: string }[] };
}

/** What GoAccess reads of a log, with the options of a host but for what it writes. */
export function readByGoAccess(file: string, report: WholeReport, server: RotatedLogs, logs: WebLogs): Figures {
  const folder = mkdtempSync(join(tmpdir(), "landfall-goaccess-"));
  try {
    const { program, env } = goAccessProgram();
    const options = goAccessOptions(report, server, logs, directHops)
      .filter((option) => !/^--(?:output|persist|restore|db-path)/.test(option))
      .concat(`--output=${folder}/figures.json`);
    execFileSync(program, [file, ...options], { env, stdio: "pipe" });
    return JSON.parse(readFileSync(join(folder, "figures.json"), "utf8")) as Figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
