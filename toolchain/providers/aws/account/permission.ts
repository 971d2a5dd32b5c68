import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Why no change may be simulated here; undefined where it may. A state in which resources stand that nobody made is only
 * good for a test, so it has to be asked for, and to lie where no deployment keeps its state.
 */
export function permissionFault(env: NodeJS.ProcessEnv): string | undefined {
  const what = "this stand-in for the aws provider makes nothing in AWS";
  if (env.LANDFALL_SIMULATE !== "1") {
    return (
      `${what}, so it only previews. Deploy where the official provider can be fetched; for a test, ` +
      "set LANDFALL_SIMULATE=1 and keep the state in a temporary folder"
    );
  }
  if (isTemporary(env.PULUMI_BACKEND_URL)) return undefined;
  const state = env.PULUMI_BACKEND_URL ? JSON.stringify(withoutPassword(env.PULUMI_BACKEND_URL)) : "not set";
  return (
    `${what}, so an up is simulated only with its state in a temporary folder: PULUMI_BACKEND_URL is ${state}; ` +
    `set it to a folder in ${os.tmpdir()}, e.g. file://${path.join(os.tmpdir(), "simulation")}`
  );
}

function isTemporary(backend: string | undefined): boolean {
  const [, written] = /^file:\/\/(\/[^?#]*)/.exec(backend ?? "") ?? [];
  // An address's empty and escaped steps are read in more than one way: each of them has to lead into the folder.
  return (
    written !== undefined && [written, unescaped(written)].every((folder) => folder !== undefined && isInside(folder))
  );
}

function isInside(folder: string): boolean {
  const inside = path.relative(real(os.tmpdir()), real(path.resolve(folder)));
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${path.sep}`);
}

function unescaped(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

/** Without symbolic links, as far as the path exists. */
function real(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(real(parent), path.basename(folder));
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}
