import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The interpreters that the examples run on, the one first that all of them can run on. */
const interpreters = ["python3.11", "python3"];

const uv = "uv==0.13.8";

/**
 * Folder of a Python environment with these requirements, made once and kept in the user's cache folder.
 *
 * @param requirements text of a requirements file
 * @param packages requirements beside it
 */
export function pythonEnvironment(requirements: string, packages: readonly string[]): string {
  const interpreter = interpreters.find(runs);
  if (interpreter === undefined) throw new Error(`no Python here: none of ${interpreters.join(", ")} runs`);
  const version = execFileSync(interpreter, ["-c", "import sys; print(sys.version, sys.executable)"], {
    encoding: "utf8",
  });
  const key = createHash("sha256")
    .update(JSON.stringify([version, requirements, packages]))
    .digest("hex")
    .slice(0, 20);
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "landfall", "test-environments");
  const environment = join(cache, key);
  const complete = join(environment, ".complete");
  if (existsSync(complete)) return environment;

  mkdirSync(cache, { recursive: true });
  const list = join(cache, `${key}.txt`);
  writeFileSync(list, requirements);
  rmSync(environment, { recursive: true, force: true });
  run(interpreter, ["-m", "venv", environment]);
  const python = join(environment, "bin", "python");
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", uv]);
  run(join(environment, "bin", "uv"), [
    "pip",
    "install",
    "--quiet",
    "--compile-bytecode",
    "--python",
    python,
    "-r",
    list,
    ...packages,
  ]);
  writeFileSync(`${complete}.new`, version);
  renameSync(`${complete}.new`, complete);
  return environment;
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** uv brings its own list of authorities, and leaves it for the system's only when told to. */
function run(program: string, args: readonly string[]): void {
  const bundle = "/etc/ssl/certs/ca-certificates.crt";
  const env = existsSync(bundle) ? { SSL_CERT_FILE: bundle, ...process.env } : process.env;
  execFileSync(program, args, { env, stdio: ["ignore", "inherit", "inherit"] });
}
