import * as path from "node:path";

import { buildGoProgram } from "./go-program";
import { engineVersion } from "./versions";

const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * The Pulumi CLI, built from its Go module unless the cache holds it. Takes about 3 minutes on 2 cores and 2 GB of Go's
 * caches.
 *
 * @returns the path of the executable
 */
export function buildCli(folder: string, env: NodeJS.ProcessEnv, report: (line: string) => void): Promise<string> {
  const cli = {
    name: "pulumi",
    title: `Pulumi ${engineVersion}`,
    duration: "about 3 minutes on 2 cores",
    module: path.join(__dirname, "cli"),
    command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    linkerFlags: `-s -w -X ${versionVariable}=${engineVersion}`,
  };
  return buildGoProgram(cli, folder, env, report);
}
