import * as fs from "node:fs";
import * as path from "node:path";

import { buildCli } from "./build-cli";
import { cacheRoot } from "./cache";
import { Memory } from "./memory";
import { cliFromNpm, cliOnPath, executables, isBelow, type OfficialCli, pulumiHome } from "./official-cli";
import { officialPlugins } from "./official-plugins";
import { neededProviders, providerVersion } from "./provider-versions";
import { OwnProviders, standIns, type Wanted } from "./stand-ins";
import { engineVersion } from "./versions";

/** How the engine came to be: found on PATH, fetched by npm's official package, or built from its Go module. */
export const EngineKind = { Path: "path", Npm: "npm", Built: "built" } as const;
export type EngineKind = (typeof EngineKind)[keyof typeof EngineKind];

/** A Pulumi engine that works on this machine. */
export interface Engine {
  readonly kind: EngineKind;
  /** The CLI's version, e.g. `3.259.0`. */
  readonly version: string;
  /** What must be set, over the given environment, so that `pulumi` is this engine with all its parts. */
  readonly env: Record<string, string>;
}

/** Settings of {@link ensureEngine}. */
export interface EngineOptions {
  /** Is told, line by line, what takes time or failed. */
  readonly report: (line: string) => void;
  /** The folder for all that is fetched or made. @default {@link cacheRoot}, usually ~/.cache/landfall */
  readonly cache?: string;
  /**
   * The environment to look for programs in. `LANDFALL_ENGINE` set to `path`, `npm` or `built` allows only that kind;
   * `LANDFALL_SIMULATE` set to `1` takes our recording `aws` provider also where the official one can be had.
   * @default this process's environment
   */
  readonly env?: NodeJS.ProcessEnv;
}

const languageHost = "pulumi-language-nodejs";

/** A CLI and where it is from. */
interface FoundCli extends OfficialCli {
  readonly kind: EngineKind;
}

/**
 * Finds a Pulumi engine or makes one: the `pulumi` on PATH that works, else the official CLI by npm's package, else one
 * built from its Go module. Parts that the engine lacks and that cannot be fetched (language host, providers) are ours;
 * where the official parts can be had, none of ours is used, unless AWS is to be simulated. A second call takes
 * milliseconds.
 */
export async function ensureEngine(options: EngineOptions): Promise<Engine> {
  const { report, env: given = process.env } = options;
  const folder = path.join(options.cache ?? cacheRoot(given), "engine");
  const env = withoutOurs(given, folder);
  const memory = new Memory(path.join(folder, "tries"));

  const cli = await findCli(folder, env, memory, report);
  const needed = neededProviders.map(providerVersion).filter((provider) => provider !== undefined);
  const withLanguageHost = hasLanguageHost(cli, env, folder);
  const plugins = await officialPlugins(cli.file, needed, env, memory, report);
  const wanted: Wanted = {
    ...wantedProviders(plugins, env.LANDFALL_SIMULATE === "1"),
    ...(!withLanguageHost && { besideCli: cli.file }),
  };
  const allOfficial = withLanguageHost && wanted.providers === OwnProviders.None;
  const own = allOfficial ? {} : await standIns(folder, wanted, report);
  return {
    kind: cli.kind,
    version: cli.version,
    env: {
      PATH: pathWith(own.bin ?? path.dirname(cli.file), env),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...homeWith(own.home, given, env),
    },
  };
}

function wantedProviders(official: readonly string[] | undefined, simulate: boolean): Wanted {
  if (official === undefined) return { providers: OwnProviders.All };
  return simulate
    ? { providers: OwnProviders.Simulating, officialPlugins: official }
    : { providers: OwnProviders.None };
}

/** The environment as it was before somebody set in it what an earlier call returned. */
function withoutOurs(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  if (!env.PULUMI_HOME || !isBelow(folder, env.PULUMI_HOME)) {
    return env;
  }
  const { PULUMI_HOME: _home, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: _acquisition, ...others } = env;
  return others;
}

function homeWith(own: string | undefined, given: NodeJS.ProcessEnv, env: NodeJS.ProcessEnv): Record<string, string> {
  if (own !== undefined) {
    // What is not there cannot be fetched; without the second setting every command would try for seconds.
    return { PULUMI_HOME: own, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
  }
  return given === env ? {} : { PULUMI_HOME: pulumiHome(env), PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" };
}

async function findCli(
  folder: string,
  env: NodeJS.ProcessEnv,
  memory: Memory,
  report: (line: string) => void,
): Promise<FoundCli> {
  const allowed = allowedKinds(env.LANDFALL_ENGINE);
  const ways: Record<EngineKind, () => Promise<OfficialCli | undefined>> = {
    path: () => cliOnPath(env, folder, memory, report),
    npm: () => cliFromNpm(env, folder, memory, report),
    built: async () => ({ file: await buildCli(folder, env, report), version: engineVersion }),
  };
  for (const kind of allowed) {
    const cli = await ways[kind]();
    if (cli !== undefined) {
      return { ...cli, kind };
    }
  }
  throw new Error(
    `LANDFALL_ENGINE  "${env.LANDFALL_ENGINE}" allows only an engine that cannot be had here; ` +
      "unset it, or see the lines above for the reason",
  );
}

function allowedKinds(asked: string | undefined): EngineKind[] {
  const all = Object.values(EngineKind);
  if (!asked) {
    return all;
  }
  const kinds = all.filter((kind) => kind === asked);
  if (kinds.length === 0) {
    throw new Error(`LANDFALL_ENGINE  "${asked}" is no kind of engine; use ${all.join(", ")} or unset it`);
  }
  return kinds;
}

/** The official packages bring the language host beside the CLI; a CLI that somebody built has none. */
function hasLanguageHost(cli: FoundCli, env: NodeJS.ProcessEnv, own: string): boolean {
  switch (cli.kind) {
    case EngineKind.Npm:
      return true;
    case EngineKind.Built:
      return false;
    case EngineKind.Path:
      return (
        executables(languageHost, env, own).length > 0 || fs.existsSync(path.join(realFolder(cli.file), languageHost))
      );
  }
}

function realFolder(file: string): string {
  return path.dirname(fs.realpathSync(file));
}

function pathWith(first: string, env: NodeJS.ProcessEnv): string {
  const others = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "" && folder !== first);
  return [first, ...others].join(path.delimiter);
}
