import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uvicorn } from "../components/app/presets/uvicorn";
import { certificateFolder, socketPath } from "../components/app/paths";
import { installPackages } from "../components/local/machine/apt";
import { attempt, run } from "../components/local/machine/command";
import { machineRoot, runningContainer } from "../components/local/machine/machine";
import { runInside } from "../components/local/machine/inside";
import { stackId } from "../components/local/machine/names";
import { Bound, figure, Figure, interleaved } from "./figure";
import { cleaningUp } from "./cleanup";
import { withSite } from "./site";

const domain = "bench.localhost";
const seedPort = 8443;
/** Kept client connections; one wrk thread, so that the machine has the other core. */
const connections = 32;
const trialSeconds = 4;
const rounds = 5;

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
  writeFileSync(join(folder, "main.py"), asgiApp);
  writeFileSync(join(folder, "requirements.txt"), "uvicorn[standard]==0.54.0\n");
  const app = uvicorn({
    name: "echo",
    app: "main:app",
    source: { directory: folder },
    requirements: "requirements.txt",
    routes: [{ domain }],
    health: { contains: "hello" },
  });
  await ensureWrk(report);
  return await withSite({ id, apps: [app], debian: 12, root: folder }, report, async (site) => {
    await startDocumented(id, site.machine);
    const hosts = join(folder, "hosts");
    writeFileSync(hosts, `${site.address} ${domain}\n`);
    const measured = await interleaved(
      rounds,
      {
        "ours, requests/s": () => load(`https://${domain}/`, hosts),
        "documented, requests/s": () => load(`https://${domain}:${seedPort}/`, hosts),
      },
      report,
    );
    const ratio = measured["ours, requests/s"] / measured["documented, requests/s"];
    return [figure("requests/s to the documented configuration's", ratio, "x", Bound.AtLeast, 1.6)];
  });
}

const asgiApp = `async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})
`;

/** The documented configuration, with our certificate and TLS settings, on a port of its own. */
const documented = `user www-data;
worker_processes auto;
pid /run/nginx-documented.pid;
events {}
http {
  access_log /var/log/nginx/documented.log;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:documented:10m;
  ssl_session_timeout 1d;
  ssl_session_tickets off;
  server {
    listen ${seedPort} ssl http2;
    client_max_body_size 4G;
    server_name ${domain};
    keepalive_timeout 75s;
    keepalive_requests 100000;
    ssl_certificate ${certificateFolder(domain)}/fullchain.pem;
    ssl_certificate_key ${certificateFolder(domain)}/privkey.pem;
    location / {
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_redirect off;
      proxy_buffering off;
      proxy_pass http://esg;
    }
  }
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }
  upstream esg {
    server unix:${socketPath("echo")};
  }
}
`;

async function startDocumented(id: string, machine: string): Promise<void> {
  writeFileSync(join(machineRoot(id, machine), "etc/nginx-documented.conf"), documented);
  const { init } = runningContainer(id, machine);
  // The daemon would hold its output open, and with it the one who waits for it.
  const start = "exec nginx -c /etc/nginx-documented.conf >/var/log/nginx/documented-start.log 2>&1";
  const started = await runInside(init.pid, ["sh", "-c", start], { timeoutSeconds: 10 });
  if (started.code !== 0)
    throw new Error(
      `the documented configuration does not start, see /var/log/nginx/documented-start.log of the machine`,
    );
}

async function ensureWrk(report: (line: string) => void): Promise<void> {
  const found = await attempt(["wrk", "--version"]).catch(() => undefined);
  if (found) return;
  report("installing wrk");
  await installPackages(["wrk"]);
}

/** Requests a second. The domain leads to the machine in a mount namespace of the load generator's own. */
async function load(url: string, hosts: string): Promise<number> {
  const wrk = ["wrk", "-t1", `-c${connections}`, `-d${trialSeconds}s`, url];
  const said = await run([
    "unshare",
    "--mount",
    "sh",
    "-c",
    'mount --bind "$1" /etc/hosts; shift; exec "$@"',
    "sh",
    hosts,
    ...wrk,
  ]);
  const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(said);
  if (failed) throw new Error(`${url} did not answer every request: ${failed[0]}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]);
}
