/**
 * Gives the lines in errors as they are in the TypeScript that was written. Pulumi's runner maps stacks by the source map
 * that a file on disk names; the JavaScript of these sources, and its map, are in the cache.
 */
import { install } from "source-map-support";

const sources = require("../components/from-sources.cjs") as { transpiled(file: string): string | undefined };

install({ retrieveFile: (file) => sources.transpiled(file) ?? null });
