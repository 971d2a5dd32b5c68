import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackId } from "../components/local/machine/names";
import { cleaningUp } from "./cleanup";
import { echoApp } from "./echo-app";
import { Bound, figure, Figure, interleaved } from "./figure";
import { baseline, documented } from "./nginx-baselines";
import { confine, startNginx } from "./other-server";
import { withSite } from "./site";
import { ensureWrk, wrk } from "./wrk";

const domain = "bench.localhost";
const rounds = 5;

/** The documented configuration as it is written, which leaves nginx at one worker, and with as many as ours has. */
const others = { "as-written": { port: 8443, workers: "1" }, "our-workers": { port: 8444, workers: "auto" } };

/**
 * Requests a second through our nginx to a small ASGI app, against those through the configuration that uvicorn and ESG
 * document for nginx: same machine, app, certificate and TLS settings, one after the other.
 */
export async function throughput(report: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  return await cleaningUp(
    () => rmSync(folder, { recursive: true, force: true }),
    () => measure(folder, report),
  );
}

async function measure(folder: string, report: (line: string) => void): Promise<Figure[]> {
  const id = stackId("bench-throughput", folder);
  await ensureWrk(report);
  const apps = [echoApp(folder, domain)];
  return await withSite({ id, apps, debian: 12, root: folder }, report, async (site) => {
    const on = { id, machine: site.machine };
    for (const [name, { port, workers }] of Object.entries(others))
      await startNginx(on, name, baseline(name, documented(workers), { port, domain, app: "echo", files: "echo" }));
    await confine(on);
    const hosts = join(folder, "hosts");
    writeFileSync(hosts, `${site.address} ${domain}\n`);
    const rate = async (url: string): Promise<number> => (await wrk(url, hosts)).requestsPerSecond;
    const measured = await interleaved(
      rounds,
      {
        "ours, requests/s": () => rate(`https://${domain}/`),
        "documented, requests/s": () => rate(`https://${domain}:${others["as-written"].port}/`),
        "documented, as many workers, requests/s": () => rate(`https://${domain}:${others["our-workers"].port}/`),
      },
      report,
    );
    const ours = measured["ours, requests/s"];
    const sameWorkers = ours / measured["documented, as many workers, requests/s"];
    return [
      figure(
        "requests/s to the documented configuration's",
        ours / measured["documented, requests/s"],
        "x",
        Bound.AtLeast,
        1.6,
      ),
      figure("  with as many nginx workers", sameWorkers, "x", Bound.AtLeast, 1),
    ];
  });
}
