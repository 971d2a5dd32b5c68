import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { cacheHome } from "./machine/folders";

/** The library's own folder: sources in a checkout, JavaScript in the npm package. */
const components = resolve(__dirname, "..");

/** Folders that the programs take something from. */
const parts = ["app", "host", "local"];

/**
 * The command that runs one of the library's programs with this Node.js.
 *
 * @param name path below `components/`, without an ending, e.g. `local/cli`
 */
export function ownProgram(name: string): [file: string, ...args: string[]] {
  const folder = extname(__filename) === ".ts" ? compiled() : components;
  return [process.execPath, join(folder, `${name}.js`)];
}

/**
 * The library as JavaScript, for a checkout that runs from its sources: each call of a program would otherwise spend
 * 0.7 s on loading the compiler. Kept in the cache by the digest of the sources, so it is never out of date.
 */
function compiled(): string {
  const sources = parts.flatMap((part) => filesBelow(part)).sort();
  const hash = createHash("sha256");
  for (const path of sources)
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(components, path)));
  const folder = join(cacheHome(), "programs", hash.digest("hex").slice(0, 20));
  if (existsSync(folder)) return folder;

  const beside = `${folder}.${process.pid}`;
  for (const path of sources) {
    mkdirSync(dirname(join(beside, path)), { recursive: true });
    if (path.endsWith(".ts")) writeFileSync(join(beside, path.replace(/\.ts$/, ".js")), transpile(path));
    else copyFileSync(join(components, path), join(beside, path));
  }
  try {
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was first, with the same
  }
  return folder;
}

function transpile(path: string): string {
  const { ModuleKind, ScriptTarget, transpileModule } = require("typescript") as typeof import("typescript");
  return transpileModule(readFileSync(join(components, path), "utf8"), {
    fileName: path,
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText;
}

function filesBelow(part: string): string[] {
  return readdirSync(join(components, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(components.length + 1));
}
