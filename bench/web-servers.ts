import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateFolder, codeFolder, socketPath } from "../components/app/paths";
import { staticSite } from "../components/app/presets/static-site";
import { stackId } from "../components/local/machine/names";
import { cleaningUp } from "./cleanup";
import { echoApp } from "./echo-app";
import { Bound, figure, Figure, interleaved, median } from "./figure";
import { baseline, h5bp, nixos } from "./nginx-baselines";
import { confine, onMachine, SharedMachine, startNginx, writeOn } from "./other-server";
import { withSite } from "./site";
import { ensureWrk, wrk } from "./wrk";

const domain = "bench.localhost";
const rounds = 5;

/** Ports of the other servers; ours has 443. */
const ports = { nixos: 8443, h5bp: 8444, caddy: 8445 } as const;
type Other = keyof typeof ports;

/** A file of a page's usual size, of a type that none of them compresses for a client that does not ask for it. */
const file = { name: "page.html", text: `<!doctype html>\n${"<p>Landfall</p>\n".repeat(1000)}` };

/**
 * Requests a second and the slowest of a hundred through our nginx, against what others recommend for nginx and against Caddy:
 * same machine, app, file and certificate, one after the other.
 */
export async function webServers(report: (line: string) => void): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  return await cleaningUp(
    () => rmSync(folder, { recursive: true, force: true }),
    () => measure(folder, report),
  );
}

async function measure(folder: string, report: (line: string) => void): Promise<Figure[]> {
  const id = stackId("bench-web-servers", folder);
  const [echo, files] = ["echo", "files"].map((name) => join(folder, name)) as [string, string];
  [echo, files].forEach((one) => mkdirSync(one));
  writeFileSync(join(files, file.name), file.text);
  const site = staticSite({ name: "files", source: { directory: files }, domains: [domain], path: "/files/" });
  const apps = [echoApp(echo, domain), { ...site, health: { path: file.name } }];
  await ensureWrk(report);
  return await withSite({ id, apps, debian: 12, root: folder }, report, async ({ machine, address }) => {
    const on = { id, machine };
    const places = { domain, app: "echo", files: "files" };
    await startNginx(on, "nixos", baseline("nixos", nixos, { ...places, port: ports.nixos }));
    await startNginx(on, "h5bp", baseline("h5bp", h5bp, { ...places, port: ports.h5bp }));
    await startCaddy(on, report);
    await confine(on);
    const hosts = join(folder, "hosts");
    writeFileSync(hosts, `${address} ${domain}\n`);
    return [
      ...(await compare("proxied", "/", hosts, { nginx: 1.6, caddy: 1.8 }, report)),
      ...(await compare("static", `/files/${file.name}`, hosts, { nginx: 0.97, caddy: 2.2 }, report)),
    ];
  });
}

/** Debian's Caddy, taken out of its package: installing it would start a service on port 80. */
async function startCaddy(on: SharedMachine, report: (line: string) => void): Promise<void> {
  report("fetching Caddy for the machine");
  await onMachine(
    on,
    "mkdir -p /opt/caddy && cd /opt/caddy && apt-get -q -o APT::Sandbox::User=root update && " +
      "apt-get -q -o APT::Sandbox::User=root download caddy && dpkg-deb -x caddy_*.deb .",
    300,
  );
  const folder = certificateFolder(domain);
  const settings = `{
  admin off
  auto_https off
}
https://${domain}:${ports.caddy} {
  tls ${folder}/fullchain.pem ${folder}/privkey.pem
  log {
    output file /var/log/caddy.log
  }
  encode gzip
  handle_path /files/* {
    root * ${codeFolder("files")}
    file_server
  }
  reverse_proxy unix/${socketPath("echo")}
}
`;
  writeOn(on, "/etc/Caddyfile", settings);
  await onMachine(
    on,
    "nohup /opt/caddy/usr/bin/caddy run --config /etc/Caddyfile --adapter caddyfile >/var/log/caddy-start.log 2>&1 & " +
      `for i in $(seq 100); do curl -sko /dev/null --resolve ${domain}:${ports.caddy}:127.0.0.1 https://${domain}:${ports.caddy}/ && exit 0; sleep 0.1; done; cat /var/log/caddy-start.log >&2; exit 1`,
  );
}

/** Median rates and 99th percentiles of all servers for one path, held against each other. */
async function compare(
  what: string,
  path: string,
  hosts: string,
  goals: { nginx: number; caddy: number },
  report: (line: string) => void,
): Promise<Figure[]> {
  const slowest: Record<string, number[]> = {};
  const trial = (name: string, port: number) => async (): Promise<number> => {
    const { requestsPerSecond, p99 } = await wrk(`https://${domain}:${port}${path}`, hosts);
    (slowest[name] ??= []).push(p99);
    return requestsPerSecond;
  };
  const trials = {
    ours: trial("ours", 443),
    ...(Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, trial(name, port)])) as Record<
      Other,
      () => Promise<number>
    >),
  };
  const rates = await interleaved(rounds, trials, (line) => report(`${what}, requests/s: ${line}`));
  const p99 = (name: string): number => median(slowest[name] ?? []);
  const best = rates.nixos >= rates.h5bp ? "nixos" : "h5bp";
  return [
    figure(`${what}: requests/s to the best other nginx's`, rates.ours / rates[best], "x", Bound.AtLeast, goals.nginx),
    figure(`${what}: requests/s to Caddy's`, rates.ours / rates.caddy, "x", Bound.AtLeast, goals.caddy),
    figure(`${what}: slowest of a hundred to that nginx's`, p99("ours") / p99(best), "x", Bound.AtMost, 1.1),
    figure(`${what}: slowest of a hundred to Caddy's`, p99("ours") / p99("caddy"), "x", Bound.AtMost, 1),
  ];
}
