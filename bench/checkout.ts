import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { attempt, run } from "../components/local/machine/command";

const root = resolve(__dirname, "..");

/** A copy of this checkout, with ports of its own, that can be brought up beside it. */
export interface Checkout {
  folder: string;
  /** Runs one of its npm scripts. */
  npm(script: string): Promise<void>;
  /** Takes it down and removes it. */
  remove(): Promise<void>;
}

/** Copies the files that git knows or would add. Modules are shared: they are the same. */
export async function copyCheckout(): Promise<Checkout> {
  const folder = mkdtempSync(join(tmpdir(), "landfall-bench-"));
  const listed = await run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const path of listed.split("\0").filter(Boolean)) {
    const content = readIfThere(join(root, path));
    if (content === undefined) continue; // removed, but not committed yet
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const project = join(folder, "Pulumi.yaml");
  writeFileSync(project, readFileSync(project, "utf8").replace("8080", "18080").replace("8443", "18443"));
  const npm = async (script: string): Promise<void> => {
    await run(["npm", "run", "--silent", script], { cwd: folder });
  };
  return {
    folder,
    npm,
    async remove() {
      await attempt(["npm", "run", "--silent", "down"], { cwd: folder });
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
