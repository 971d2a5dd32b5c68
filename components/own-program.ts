import { extname, join } from "node:path";

/** One of the library's programs, as arguments of Node.js: sources in a checkout, JavaScript in the npm package. */
export interface OwnProgram {
  /** Loaded first, so that Node.js can read sources. @default nothing: it is JavaScript */
  loader?: string;
  file: string;
}

/**
 * Where one of the library's programs is.
 *
 * @param name path below `components/`, without an ending, e.g. `local/cli`
 */
export function ownProgram(name: string): OwnProgram {
  const ending = extname(__filename);
  const file = join(__dirname, `${name}${ending}`);
  return ending === ".ts" ? { loader: join(__dirname, "from-sources.cjs"), file } : { file };
}
