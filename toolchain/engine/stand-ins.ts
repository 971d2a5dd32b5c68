import * as fs from "node:fs";
import * as path from "node:path";

import { digestOf, makeOnce, markUsed, removeUnused } from "./cache";
import { modulesFolder, type ProviderVersion, providerVersion } from "./provider-versions";

/** Our own parts, made ready for an engine. */
export interface StandIns {
  /** To be put first on PATH, when it holds the CLI and the language host. */
  readonly bin?: string;
  /** The PULUMI_HOME with our providers, when any were asked for. */
  readonly home?: string;
}

/** Which of our parts an engine needs. */
export interface Wanted {
  /** The CLI that our language host goes with; the engine wants both in one folder. @default no language host */
  readonly besideCli?: string;
  /** Which of our providers are needed. */
  readonly providers: OwnProviders;
  /** Folders of official providers that are laid beside ours. @default none */
  readonly officialPlugins?: readonly string[];
}

/** Our providers: none where the official ones can be had, all where they cannot, `aws` alone where it is simulated. */
export const OwnProviders = { None: "none", Simulating: "simulating", All: "all" } as const;
export type OwnProviders = (typeof OwnProviders)[keyof typeof OwnProviders];

/** The provider that has nothing but a simulation: what it stands in for needs credentials. */
const simulating = "aws";

/** Time after which parts that no checkout asked for are removed. */
const unusedDays = 30;

/** The folders of toolchain/ whose TypeScript is compiled. */
const sourceFolders = ["language-host", "providers"];
const toolchain = path.resolve(__dirname, "..");

/**
 * Compiles our language host and providers and puts them where an engine finds them. A provider is a folder
 * `toolchain/providers/<name>` with a `main.ts`; it speaks in the version of the installed SDK `@pulumi/<name>`.
 *
 * The result is named by all that it is made from: the sources, Node.js, the SDKs beside this checkout and the CLI.
 */
export async function standIns(folder: string, wanted: Wanted, report: (line: string) => void): Promise<StandIns> {
  const modules = modulesFolder();
  const sources = sourceFolders.flatMap((name) => typescriptFiles(path.join(toolchain, name)));
  const providers = ownProviders(wanted.providers);
  const beside = wanted.officialPlugins ?? [];
  const digest = digestOf(
    process.execPath,
    modules,
    wanted.besideCli ?? "",
    JSON.stringify([providers, beside]),
    ...sources.flatMap((file) => [path.relative(toolchain, file), fs.readFileSync(file)]),
  );
  const place = path.join(folder, digest);
  const workspaces = path.join(folder, "workspaces");
  fs.mkdirSync(workspaces, { recursive: true });
  const made = await makeOnce(
    place,
    async (draft) => {
      await compile(sources, path.join(draft, "lib"));
      fs.symlinkSync(modules, path.join(draft, "node_modules"));
      if (wanted.besideCli !== undefined) {
        placeLanguageHost(draft, place, wanted.besideCli);
      }
      if (providers.length > 0) {
        placeProviders(draft, place, providers, workspaces);
        placeOfficial(draft, beside);
      }
    },
    report,
  );
  markUsed(place);
  if (made) {
    // Every change of the sources makes a folder; those of sources that nobody has any more go.
    markUsed(workspaces);
    removeUnused(folder, unusedDays);
  }
  return {
    ...(wanted.besideCli !== undefined && { bin: path.join(place, "bin") }),
    ...(providers.length > 0 && { home: path.join(place, "home") }),
  };
}

function ownProviders(wanted: OwnProviders): ProviderVersion[] {
  if (wanted === OwnProviders.None) return [];
  const folder = path.join(toolchain, "providers");
  return subfolders(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, "main.ts")))
    .filter((name) => wanted === OwnProviders.All || name === simulating)
    .map(providerVersion)
    .filter((provider) => provider !== undefined);
}

function subfolders(folder: string): string[] {
  return fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
}

function typescriptFiles(folder: string): string[] {
  return fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
    : [];
}

/** ts-node would cost half a second at every start of every part, several times in one `up`. */
async function compile(sources: readonly string[], lib: string): Promise<void> {
  const ts = await import("typescript");
  for (const source of sources) {
    const target = path.join(lib, path.relative(toolchain, source)).replace(/\.ts$/, ".js");
    const { outputText } = ts.transpileModule(fs.readFileSync(source, "utf8"), {
      fileName: source,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        esModuleInterop: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, outputText);
  }
}

/** The engine warns of a language host that is not beside it, so the CLI is linked beside ours. */
function placeLanguageHost(beside: string, place: string, cli: string): void {
  const bin = path.join(beside, "bin");
  fs.mkdirSync(bin);
  linkOrCopy(fs.realpathSync(cli), path.join(bin, "pulumi"));
  writeStarter(path.join(bin, "pulumi-language-nodejs"), path.join(place, "lib", "language-host", "main.js"));
}

function placeProviders(
  beside: string,
  place: string,
  providers: readonly ProviderVersion[],
  workspaces: string,
): void {
  const home = path.join(beside, "home");
  for (const { name, version } of providers) {
    const plugin = path.join(home, "plugins", `resource-${name}-v${version}`);
    fs.mkdirSync(plugin, { recursive: true });
    writeStarter(path.join(plugin, `pulumi-resource-${name}`), path.join(place, "lib", "providers", name, "main.js"));
  }
  // Which stack is selected is kept here, and must survive a change of our sources.
  fs.mkdirSync(home, { recursive: true });
  fs.symlinkSync(workspaces, path.join(home, "workspaces"));
}

function placeOfficial(beside: string, folders: readonly string[]): void {
  for (const folder of folders) {
    fs.symlinkSync(folder, path.join(beside, "home", "plugins", path.basename(folder)));
  }
}

/** A hard link: the engine looks for the language host beside the file that a symbolic link leads to. */
function linkOrCopy(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch {
    fs.copyFileSync(from, to);
    fs.chmodSync(to, 0o755);
  }
}

function writeStarter(file: string, script: string): void {
  const text = `#!/bin/sh\nexec ${shellWord(process.execPath)} ${shellWord(script)} "$@"\n`;
  fs.writeFileSync(file, text, { mode: 0o755 });
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
