import { relative } from "node:path";
import { ownProgram } from "../own-program";

/**
 * The command that runs one of the library's programs as a resource. Node.js by its name and the program by its way from
 * here, because an input that held the paths of one computer would run it again from every other.
 *
 * @param name path below `components/`, without an ending, e.g. `aws/run-command/cli`
 */
export function ownCommand(name: string): string[] {
  const { loader, file } = ownProgram(name);
  const fromHere = (path: string): string => relative(process.cwd(), path);
  // Node.js takes a loader without a dot in front for the name of a package.
  return ["node", ...(loader === undefined ? [] : ["--require", `./${fromHere(loader)}`]), fromHere(file)];
}
