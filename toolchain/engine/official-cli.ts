import * as fs from "node:fs";
import * as path from "node:path";

import { runBounded } from "./bounded-process";
import { makeOnce } from "./cache";
import { identity, type Memory, type Result } from "./memory";
import { atLeast, engineVersion, oldestEngine } from "./versions";

/** An official CLI that was found. */
export interface OfficialCli {
  /** The executable, or npm's starter of it. */
  readonly file: string;
  readonly version: string;
}

/** Time until a program that fetches the CLI must have reached somebody, and until the whole is there. */
const fetchBounds = { firstReplySeconds: 20, seconds: 300 };

/**
 * The first `pulumi` on PATH that runs and is new enough. npm's package counts only where it can fetch the CLI, which it
 * does when it is first called. What is in our own cache is not looked at: it is there only because we put it on PATH.
 */
export async function cliOnPath(
  env: NodeJS.ProcessEnv,
  own: string,
  memory: Memory,
  report: (line: string) => void,
): Promise<OfficialCli | undefined> {
  for (const file of executables("pulumi", env, own)) {
    const known = memory.recall("cli", identity(file), pulumiHome(env));
    const result = known ?? memory.keep(await versionOf(file, env), "cli", identity(file), pulumiHome(env));
    if ("value" in result) {
      return { file, version: result.value };
    }
    if (known === undefined) {
      report(`${file} cannot be used: ${result.reason}`);
    }
  }
  return undefined;
}

/** The official CLI by npm's `pulumi` package, in the version that we pin. */
export async function cliFromNpm(
  env: NodeJS.ProcessEnv,
  folder: string,
  memory: Memory,
  report: (line: string) => void,
): Promise<OfficialCli | undefined> {
  const name = ["npm", engineVersion, folder, pulumiHome(env)];
  const place = path.join(folder, `npm-${engineVersion}`);
  const file = path.join(place, "node_modules", ".bin", "pulumi");
  const known = memory.recall(...name);
  if (known && "reason" in known) {
    return undefined;
  }
  if (known && fs.existsSync(file)) {
    return { file, version: known.value };
  }
  report(`trying npm's pulumi ${engineVersion}, which fetches the official CLI`);
  const result = memory.keep(await tryNpm(place, file, env, report), ...name);
  if ("value" in result) {
    return { file, version: result.value };
  }
  report(`npm's pulumi cannot be used: ${result.reason}`);
  return undefined;
}

/** Executables of a name on PATH, in its order, without those below one folder. */
export function executables(name: string, env: NodeJS.ProcessEnv, without: string): string[] {
  return (env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter((file, index, all) => all.indexOf(file) === index && isExecutable(file))
    .filter((file) => !isBelow(without, file));
}

/** Whether a path is a folder itself or lies in it. */
export function isBelow(folder: string, file: string): boolean {
  return `${path.resolve(file)}${path.sep}`.startsWith(`${path.resolve(folder)}${path.sep}`);
}

/** Where the official parts keep plugins and downloads. */
export function pulumiHome(env: NodeJS.ProcessEnv): string {
  return env.PULUMI_HOME || path.join(env.HOME ?? "/", ".pulumi");
}

async function tryNpm(
  place: string,
  file: string,
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
): Promise<Result> {
  try {
    await makeOnce(place, (beside) => installNpmPackage(beside, env), report);
  } catch (error) {
    return { reason: (error as Error).message };
  }
  return versionOf(file, env);
}

async function installNpmPackage(beside: string, env: NodeJS.ProcessEnv): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const args = ["install", "--prefix", beside, "--ignore-scripts", ...quiet, `pulumi@${engineVersion}`];
  const installed = await runBounded("npm", args, { seconds: 60, env, cwd: beside });
  if (!installed.ok) {
    throw new Error(installed.reason);
  }
}

async function versionOf(file: string, env: NodeJS.ProcessEnv): Promise<Result> {
  const asked = await runBounded(file, ["version"], {
    ...fetchBounds,
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const version = /^v?(\d+\.\d+\.\d+\S*)$/m.exec(asked.stdout)?.[1];
  if (!asked.ok || version === undefined) {
    return { reason: asked.ok ? `"pulumi version" printed no version` : asked.reason };
  }
  return atLeast(version, oldestEngine) ? { value: version } : { reason: `${version} is older than ${oldestEngine}` };
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
