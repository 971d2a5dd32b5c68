import { extname, join, resolve } from "node:path";

/** The library's own folder: sources in a checkout, JavaScript in the npm package. */
const components = resolve(__dirname, "..");

/**
 * The command that runs one of the library's programs with this Node.js.
 *
 * @param name path below `components/`, without an ending, e.g. `local/cli`
 */
export function ownProgram(name: string): [file: string, ...args: string[]] {
  const ending = extname(__filename);
  const loader = ending === ".ts" ? ["--require", join(components, "from-sources.cjs")] : [];
  return [process.execPath, ...loader, join(components, `${name}${ending}`)];
}
