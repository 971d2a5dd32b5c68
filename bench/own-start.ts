import { environmentFolder, serviceUnit, socketPath, socketUnit } from "../components/app/paths";
import { runInside } from "../components/local/machine/inside";
import { runningContainer } from "../components/local/machine/machine";

/** A machine that runs. */
export interface RunningMachine {
  id: string;
  name: string;
}

/** Seconds from `systemctl start` of an app to its first good answer on its socket. */
export async function ownStart(machine: RunningMachine, app: string, path: string): Promise<number> {
  const units = [serviceUnit(app), socketUnit(app)];
  return await timed(
    machine,
    `systemctl stop ${units.join(" ")}`,
    `systemctl start ${[...units].reverse().join(" ")}
until curl -sf -o /dev/null --max-time 5 -H 'X-Forwarded-Proto: https' --unix-socket ${socketPath(app)} http://localhost${path}; do sleep 0.01; done`,
  );
}

/** Seconds that uv takes for an app's environment when all that it needs is in its cache. */
export async function ownInstall(machine: RunningMachine, environment: string): Promise<number> {
  const uv = "$(ls -d /opt/landfall/uv/*/bin/uv)";
  const cache = "/var/tmp/bench-uv";
  const settings = `UV_CACHE_DIR=${cache} UV_PYTHON_DOWNLOADS=never SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt`;
  const install = `${settings} ${uv} venv -q --clear --python /usr/bin/python3 /var/tmp/bench-env
${settings} ${uv} pip install -q --compile-bytecode --python /var/tmp/bench-env/bin/python -r ${environmentFolder(environment)}/requirements.txt`;
  return await timed(machine, install, install);
}

async function timed(machine: RunningMachine, before: string, work: string): Promise<number> {
  const { init } = runningContainer(machine.id, machine.name);
  const script = `set -eu
{ ${before}
} >&2
start=$(date +%s%N)
{ ${work}
} >&2
echo $(( $(date +%s%N) - start ))`;
  const { code, stdout, stderr } = await runInside(init.pid, ["sh", "-c", script], { timeoutSeconds: 300 });
  if (code !== 0) throw new Error(`on machine ${machine.name}: ${stderr.trim().split("\n").slice(-5).join("; ")}`);
  return Number(stdout.trim()) / 1e9;
}
