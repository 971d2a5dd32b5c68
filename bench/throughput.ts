import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
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
/** The documented configuration as it is written, which leaves nginx at one worker, and with as many as ours has. */
const documented = { asWritten: { port: 8443, workers: "1" }, withOurWorkers: { port: 8444, workers: "auto" } };
type Documented = (typeof documented)[keyof typeof documented];

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
    for (const configuration of Object.values(documented)) await startDocumented(id, site.machine, configuration);
    await confine(id, site.machine);
    const hosts = join(folder, "hosts");
    writeFileSync(hosts, `${site.address} ${domain}\n`);
    const measured = await interleaved(
      rounds,
      {
        "ours, requests/s": () => load(`https://${domain}/`, hosts),
        "documented, requests/s": () => load(`https://${domain}:${documented.asWritten.port}/`, hosts),
        "documented, as many workers, requests/s": () =>
          load(`https://${domain}:${documented.withOurWorkers.port}/`, hosts),
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

const asgiApp = `async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})
`;

/** The documented configuration, with our certificate and TLS settings, on a port of its own. */
const documentedText = ({ port, workers }: Documented): string => `user www-data;
worker_processes ${workers};
pid /run/nginx-documented-${port}.pid;
events {}
http {
  access_log /var/log/nginx/documented.log;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:documented:10m;
  ssl_session_timeout 1d;
  ssl_session_tickets off;
  server {
    listen ${port} ssl http2;
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

async function startDocumented(id: string, machine: string, configuration: Documented): Promise<void> {
  const file = `/etc/nginx-documented-${configuration.port}.conf`;
  writeFileSync(join(machineRoot(id, machine), file), documentedText(configuration));
  const { init } = runningContainer(id, machine);
  // The daemon would hold its output open, and with it the one who waits for it.
  const start = `exec nginx -c ${file} >/var/log/nginx/documented-start.log 2>&1`;
  const started = await runInside(init.pid, ["sh", "-c", start], { timeoutSeconds: 10 });
  if (started.code !== 0)
    throw new Error(
      `the documented configuration does not start, see /var/log/nginx/documented-start.log of the machine`,
    );
}

/**
 * Keeps all that the machine runs on one processor and leaves the other to the load generator, so that what is compared
 * is the work that a request takes on the server, and not how four programs share two processors.
 */
async function confine(id: string, machine: string): Promise<void> {
  const space = (pid: number | string): string => readlinkSync(`/proc/${pid}/ns/pid`);
  const own = space(runningContainer(id, machine).init.pid);
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    if (existsSync(`/proc/${pid}/exe`) && space(pid) === own) await run(["taskset", "-a", "-c", "-p", "1", pid]);
  }
}

async function ensureWrk(report: (line: string) => void): Promise<void> {
  const found = await attempt(["wrk", "--version"]).catch(() => undefined);
  if (found) return;
  report("installing wrk");
  await installPackages(["wrk"]);
}

/** Requests a second. The domain leads to the machine in a mount namespace of the load generator's own. */
async function load(url: string, hosts: string): Promise<number> {
  const wrk = ["taskset", "-c", "0", "wrk", "-t1", `-c${connections}`, `-d${trialSeconds}s`, url];
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
