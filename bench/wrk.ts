import { installPackages } from "../components/local/machine/apt";
import { attempt, run } from "../components/local/machine/command";

/** Kept client connections; one thread, so that the machine has the other processor. */
const connections = 32;
const trialSeconds = 4;

/** What a server did under load. */
export interface Served {
  requestsPerSecond: number;
  /** Milliseconds that 99 of 100 requests took at most. */
  p99: number;
}

export async function ensureWrk(report: (line: string) => void): Promise<void> {
  const found = await attempt(["wrk", "--version"]).catch(() => undefined);
  if (found) return;
  report("installing wrk");
  await installPackages(["wrk"]);
}

/** Loads an address by wrk. Its domain leads to where `hosts` says, in a mount namespace of wrk's own. */
export async function wrk(url: string, hosts: string): Promise<Served> {
  const words = ["taskset", "-c", "0", "wrk", "-t1", `-c${connections}`, `-d${trialSeconds}s`, "--latency", url];
  const script = 'mount --bind "$1" /etc/hosts; shift; exec "$@"';
  const said = await run(["unshare", "--mount", "sh", "-c", script, "sh", hosts, ...words]);
  const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(said);
  if (failed) throw new Error(`${url} did not answer every request: ${failed[0]}`);
  const [, rate] = /Requests\/sec:\s+([\d.]+)/.exec(said) ?? [];
  const [, p99, unit = ""] = /^\s+99%\s+([\d.]+)(us|ms|s)$/m.exec(said) ?? [];
  const milliseconds = { us: 0.001, ms: 1, s: 1000 }[unit];
  if (rate === undefined || milliseconds === undefined) throw new Error(`wrk did not say how it went:\n${said}`);
  return { requestsPerSecond: Number(rate), p99: Number(p99) * milliseconds };
}
