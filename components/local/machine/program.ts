import { mkdirSync } from "node:fs";
import { ownCommand } from "../program";
import { cacheHome, stateHome } from "./folders";

/**
 * The command line of the local machines' program, with sudo when this process is not root. The spec goes to its
 * standard input: sudo passes on no environment.
 */
export function machineCommand(verb: string, env: NodeJS.ProcessEnv = process.env): [file: string, ...args: string[]] {
  const [file, ...args] = ownCommand("local/machine/cli");
  if (process.getuid?.() === 0) return [file, ...args, verb];
  // Made here, so that they belong to the user and not to root.
  for (const folder of [cacheHome(env), stateHome(env)]) mkdirSync(folder, { recursive: true });
  const kept = ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LANDFALL_STATE_HOME", "LANDFALL_CACHE_HOME"];
  const settings = kept.flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : []));
  return ["sudo", "env", ...settings, file, ...args, verb];
}
