import { ownProgram } from "../own-program";

/**
 * The command that runs one of the library's programs with this Node.js.
 *
 * @param name path below `components/`, without an ending, e.g. `local/cli`
 */
export function ownCommand(name: string): [file: string, ...args: string[]] {
  const { loader, file } = ownProgram(name);
  return [process.execPath, ...(loader === undefined ? [] : ["--require", loader]), file];
}
