import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { attempt, run, type Outcome } from "../components/local/machine/command";

const root = resolve(__dirname, "..");

/** A copy of this checkout, with ports of its own, that tests and benchmarks bring up beside it. */
export interface CheckoutCopy {
  folder: string;
  httpsPort: number;
  /** Runs one of its npm scripts to its end, whatever that is. */
  attempt(script: string, ...words: string[]): Promise<Outcome>;
  /** Runs one of its npm scripts, which has to end well. */
  npm(script: string): Promise<void>;
  /** Takes it down, once an update that was left behind has ended. */
  down(): Promise<Outcome>;
  /** Takes it down and removes it. */
  remove(): Promise<void>;
}

/** Copies the files that git knows or would add. Modules are shared: they are the same. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-copy-"));
  const listed = await run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const path of listed.split("\0").filter(Boolean)) {
    const content = readIfThere(join(root, path));
    if (content === undefined) continue; // removed, but not committed yet
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const [httpPort, httpsPort] = [await freePort(), await freePort()];
  const project = join(folder, "Pulumi.yaml");
  const settings = readFileSync(project, "utf8")
    .replace("default: 8080", `default: ${httpPort}`)
    .replace("default: 8443", `default: ${httpsPort}`);
  writeFileSync(project, settings);
  const script = (name: string, words: string[]): string[] => ["npm", "run", "--silent", name, "--", ...words];
  // A checkout has a state of its own, whatever the one that is copied was told.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_")));
  // The engine outlives a kill of what started it, and nothing is taken down while it is at work.
  const down = async (): Promise<Outcome> => {
    for (;;) {
      const outcome = await attempt(script("down", []), { cwd: folder, env });
      if (!outcome.stderr.includes("an update of stack local is running")) return outcome;
      await sleep(1000);
    }
  };
  return {
    folder,
    httpsPort,
    attempt: (name, ...words) => attempt(script(name, words), { cwd: folder, env }),
    async npm(name) {
      await run(script(name, []), { cwd: folder, env });
    },
    down,
    async remove() {
      await down();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port could be had");
  return address.port;
}
