import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { environmentFolder, installRoot } from "../../app/paths";
import { cacheHome } from "../machine/folders";
import { cachedLayer, harvestLayer } from "../machine/layer";
import { machineRoot, recordedSpec } from "../machine/machine";

/** Where the apply program keeps uv, one folder for each version. */
const uvFolder = `${installRoot}/uv`;

/** uv's environment links to the release's own Python, so each release has its own. */
const uvKey = (debian: number, version: string): string => `uv-${debian}-${version}`;

/** What a new machine need not install again: Python environments that were built before, by their keys, and uv. */
export function keptLayers(debian: number, environments: readonly string[]): string[] {
  const layers = join(cacheHome(), "layers");
  const uv = existsSync(layers) ? readdirSync(layers).filter((key) => key.startsWith(uvKey(debian, ""))) : [];
  return [...new Set([...environments, ...uv])].flatMap((key) => cachedLayer(key) ?? []);
}

/** Keeps what a machine has installed, for machines made later on this computer. */
export async function keepForLater(machine: { id: string; name: string }, environments: string[]): Promise<void> {
  for (const key of new Set(environments)) await harvestLayer(machine, environmentFolder(key), key);
  const debian = recordedSpec(machine.id, machine.name)?.debian;
  const root = join(machineRoot(machine.id, machine.name), uvFolder);
  if (debian === undefined || !existsSync(root)) return;
  for (const version of readdirSync(root)) {
    if (existsSync(join(root, version, ".complete")))
      await harvestLayer(machine, join(uvFolder, version), uvKey(debian, version));
  }
}
