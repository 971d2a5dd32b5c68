import * as fs from "node:fs";
import * as path from "node:path";

import { run } from "../../components/local/machine/command";
import { librarySchema } from "./infer-schema";

/** What is read at run time beside the compiled code, by folder: programs of the host, and the policies' version. */
const readAtRunTime: Readonly<Record<string, RegExp>> = {
  components: /\.py$/,
  policies: /^package\.json$/,
};

/**
 * Makes the folder `dist` of a checkout, which is what the npm package holds beside its manifest: the compiled library,
 * policies and plugin, the files that they read, and the schema of the components.
 */
export async function buildPackage(checkout: string): Promise<void> {
  const dist = path.join(checkout, "dist");
  fs.rmSync(dist, { recursive: true, force: true });
  await compile(checkout);
  copyReadFiles(checkout, dist);
  fs.writeFileSync(path.join(dist, "schema.json"), librarySchema(checkout));
}

async function compile(checkout: string): Promise<void> {
  const compiler = require.resolve("typescript/bin/tsc");
  await run([process.execPath, compiler, "-p", path.join(checkout, "tsconfig.build.json")], { cwd: checkout });
}

function copyReadFiles(checkout: string, dist: string): void {
  for (const [folder, pattern] of Object.entries(readAtRunTime)) {
    const files = fs
      .readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => pattern.test(file));
    for (const file of files) {
      const target = path.join(dist, folder, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(path.join(checkout, folder, file), target);
    }
  }
}
