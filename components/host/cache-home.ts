import { homedir } from "node:os";
import { join } from "node:path";

/** Folder of what can be made again: `$LANDFALL_CACHE_HOME`, else `landfall` in `$XDG_CACHE_HOME`, else `~/.cache/landfall`. */
export function cacheHome(env: NodeJS.ProcessEnv = process.env): string {
  if (env.LANDFALL_CACHE_HOME) return env.LANDFALL_CACHE_HOME;
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "landfall");
}
