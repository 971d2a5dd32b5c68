import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { cacheHome } from "./folders";

/** The command that runs one of this folder's programs with this Node.js. */
export function ownProgram(name: "cli" | "forwarder-process"): [file: string, ...args: string[]] {
  const folder = extname(__filename) === ".ts" ? compiledFolder() : __dirname;
  return [process.execPath, join(folder, `${name}.js`)];
}

/**
 * The command line of the local machines' program, with sudo when this process is not root. The spec goes to its
 * standard input: sudo passes on no environment.
 */
export function machineCommand(verb: string, env: NodeJS.ProcessEnv = process.env): [file: string, ...args: string[]] {
  const [file, ...args] = ownProgram("cli");
  if (process.getuid?.() === 0) return [file, ...args, verb];
  const kept = ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LANDFALL_STATE_HOME", "LANDFALL_CACHE_HOME"];
  const settings = kept.flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : []));
  return ["sudo", "env", ...settings, file, ...args, verb];
}

/**
 * This folder as JavaScript, for a checkout that runs from its sources: each call of the program would otherwise spend
 * 0.7 s on loading the compiler. Kept in the cache by the digest of the sources, so it is never out of date.
 */
function compiledFolder(): string {
  const sources = readdirSync(__dirname)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(__dirname, name), "utf8") }));
  const digest = createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 16);
  const folder = join(cacheHome(), "programs", `machine-${digest}`);
  if (existsSync(folder)) return folder;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only a checkout has the compiler
  const typescript = require("typescript") as typeof import("typescript");
  const { ModuleKind, ScriptTarget } = typescript;
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  for (const { name, text } of sources) {
    const { outputText } = typescript.transpileModule(text, { compilerOptions, fileName: name });
    writeFileSync(join(beside, `${basename(name, ".ts")}.js`), outputText);
  }
  try {
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was first, with the same
  }
  return folder;
}
